import { condition, proxyActivities } from '@temporalio/workflow';
import type { PlatformActivities } from '../activities/contracts';
import type { Line } from './line';
import { UNTIL_TAKEN } from './policies';

const platform = proxyActivities<PlatformActivities>(UNTIL_TAKEN);

/** Beside the life of the line: sends its events in order, until the platform took or refused them. Never returns. */
export async function sendEvents(line: Line): Promise<never> {
  const { state } = line;
  for (;;) {
    await condition(() => state.outbox.length > 0);
    const events = [...state.outbox];
    const summary = `Tell the platform: ${events.map((event) => event.type).join(', ')}`;
    const { refused } = await platform.deliverEvents.executeWithOptions({ summary }, [{ events }]);
    state.outbox.splice(0, events.length);
    for (const { id, reason } of refused)
      line.change({}, { note: `The platform refused event ${id}: ${reason}` });
  }
}
