import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '@temporalio/activity';
import { heartbeat, HEARTBEAT_EVERY } from '../../workers/heartbeat';

/** An activity that takes so long, and how often it gave a sign of life. */
async function beatsOf(ms: number, isLocal = false): Promise<number> {
  let beats = 0;
  const context = { info: { isLocal }, heartbeat: () => (beats += 1) } as unknown as Context;
  const run = heartbeat(context).inbound?.execute;
  await run?.({ args: [], headers: {} }, () => sleep(ms));
  // None comes after its end.
  const then = beats;
  await sleep(HEARTBEAT_EVERY * 1.5);
  expect(beats).toBe(then);
  return beats;
}

test('a call gives signs of life while it runs; a short one and one inside a workflow task give none', async () => {
  expect(await beatsOf(HEARTBEAT_EVERY * 2.5)).toBeGreaterThan(0);
  expect(await beatsOf(0)).toBe(0);
  expect(await beatsOf(HEARTBEAT_EVERY * 1.5, true)).toBe(0);
});
