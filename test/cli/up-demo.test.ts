import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { processesOf } from '../support/processes';
import type { UpEnded } from '../support/up';
import { atHome, endAllHomes } from '../support/up-home';

/** The sample orders of `npm start`, as a person or a script sees them end. */

const MINUTES = 120_000;

afterAll(endAllHomes);

/** The samples in the order of their files: how each has to end, and after how many calls. */
const ORDERS = [
  ['CS2611-OPENED-AT-ONCE', 'COMPLETED', 1],
  ['CS2611-ACCEPTED-THEN-READY', 'COMPLETED', 1],
  ['CS2611-FAILS-TWICE', 'COMPLETED', 3],
  ['CS2611-NEVER-READY', 'UNSUBSCRIBED', 1],
  ['CS2611-HANGS', 'UNSUBSCRIBED', 4],
  ['CS2611-RESTARTED-BY-HAND', 'COMPLETED', 2],
].map(([orderId, status, calls]) => ({ orderId, expected: status, status, node: 'ENDED', calls }));

function lastLine({ stdout }: UpEnded): unknown {
  return JSON.parse(stdout.trimEnd().split('\n').at(-1)!);
}

test.concurrent(
  'npm start -- --exit runs all samples, ends with 0 and JSON, and leaves no process; again it has nothing to do',
  () =>
    atHome(async (home) => {
      const first = await home.npmStart('--exit').ended;
      expect(lastLine(first)).toEqual({ orders: ORDERS, ok: true });
      expect(first.exitCode).toBe(0);
      expect(await processesOf(home.folder)).toEqual([]);

      const second = await home.npmStart('--exit').ended;
      expect(lastLine(second)).toEqual({ orders: ORDERS, ok: true });
      expect(second.exitCode).toBe(0);
      // Each line is shown once, as it ended: nothing moved.
      expect(second.stdout.match(/^CS2611-.*/gm)).toEqual(
        ORDERS.map(({ orderId }) => expect.stringMatching(`^${orderId} +ENDED .*✓`) as unknown),
      );
      expect(await processesOf(home.folder)).toEqual([]);
    }),
  MINUTES,
);

test.concurrent(
  'killed by kill −9 in the middle, a second start goes on and every sample ends as expected',
  () =>
    atHome(async (home) => {
      const killed = home.up('--exit');
      await killed.says(/^CS2611-FAILS-TWICE +OPENING +1 call /m);
      expect(await killed.signal('SIGKILL')).toMatchObject({ exitCode: null });

      const next = await home.up('--exit').ended;
      // A call that the kill cut off was not answered and is not counted.
      const orders = ORDERS.map((order) => ({ ...order, calls: expect.any(Number) as unknown }));
      expect(lastLine(next)).toEqual({ orders, ok: true });
      expect(next.exitCode).toBe(0);
      expect(await processesOf(home.folder)).toEqual([]);
      // However long it looks on, it leaves the API's limit to the person who tries the printed tokens.
      expect(readFileSync(join(home.folder, 'steward.log'), 'utf8')).not.toContain('"statusCode":429');
    }),
  MINUTES,
);
