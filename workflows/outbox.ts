import { proxyActivities, sleep } from '@temporalio/workflow';
import type { PlatformActivities } from '../activities/contracts';
import type { Line } from './line';
import { backoff, UNTIL_TAKEN } from './policies';

const platform = proxyActivities<PlatformActivities>(UNTIL_TAKEN);

/** Whether there are events that are not on their way. */
export function eventsWait({ state, sendingEvents }: Line): boolean {
  return state.outbox.length > 0 && !sendingEvents;
}

/** Sends the line's events in order, until the platform took or refused them. */
export function sendEvents(line: Line): void {
  if (!eventsWait(line)) return;
  line.sendingEvents = true;
  void sendAll(line);
}

async function sendAll(line: Line): Promise<void> {
  for (let failures = 0; line.state.outbox.length > 0;) {
    try {
      await sendSome(line);
      failures = 0;
    } catch {
      // Given up from outside: the policy itself never does.
      failures += 1;
      await sleep(backoff(failures), { summary: 'Wait for the platform' });
    }
  }
  line.sendingEvents = false;
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
