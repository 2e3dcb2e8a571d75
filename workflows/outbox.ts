import { condition, proxyActivities, sleep } from '@temporalio/workflow';
import type { PlatformActivities } from '../activities/contracts';
import type { Line } from './line';
import { backoff, UNTIL_TAKEN } from './policies';

const platform = proxyActivities<PlatformActivities>(UNTIL_TAKEN);

/** Beside the life of the line: sends its events in order, until the platform took or refused them. Never returns. */
export async function sendEvents(line: Line): Promise<never> {
  const { state } = line;
  for (let failures = 0; ;) {
    await condition(() => state.outbox.length > 0);
    try {
      await sendSome(line);
      failures = 0;
    } catch {
      // Given up from outside: the policy itself never does.
      failures += 1;
      await sleep(backoff(failures), { summary: 'Wait for the platform' });
    }
  }
}

async function sendSome(line: Line): Promise<void> {
  const { state } = line;
  const events = [...state.outbox];
  const summary = `Tell the platform: ${events.map((event) => event.type).join(', ')}`;
  const { done, refused } = await platform.deliverEvents.executeWithOptions({ summary }, [{ events }]);
  line.measure();
  state.outbox.splice(0, done);
  for (const { id, reason } of refused) {
    line.change({}, { note: `The platform refused event ${id}: ${reason}` });
  }
}
