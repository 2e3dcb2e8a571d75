import { loadDataConverter } from '@temporalio/common/lib/internal-non-workflow';
import { secretsIn, testDataConverter, workflowBundle } from '../support/history-checks';
import { untilNoneLeft } from '../support/processes';
import { quietRuntime } from '../support/quiet';
import { Lives } from './lives';
import { ShapeRig, type PartKind } from './shape-rig';

/**
 * The production shape, of which each part in turn is stopped or killed while orders are placed and moved on through
 * both APIs. The published time limits: none of them comes in between, however slow the machine is.
 */

/** Above what six parts may take to start again, each by itself. */
const MINUTES = 900_000;
/** In turn; of two, the older one, so that each of them dies once. */
const KILLS: readonly PartKind[] = ['worker', 'api', 'temporal', 'worker', 'postgres', 'api'];
const STOPS: readonly ('worker' | 'api')[] = ['worker', 'api', 'worker', 'api'];
/** What a pod is given by `deploy/kubernetes`, where it waits 5 s first. */
const GRACE_MS = 25_000;

let rig: ShapeRig;
let lives: Lives;

beforeAll(async () => {
  quietRuntime();
  await workflowBundle();
  loadDataConverter(testDataConverter);
  rig = await ShapeRig.start();
  lives = new Lives(rig);
}, MINUTES);
afterAll(() => (rig as ShapeRig | undefined)?.end(), MINUTES);

test(
  'workers and APIs are asked to stop under load, as pods are: each ends in time, and gives up no call to a seller',
  async () => {
    const slow: string[] = [];
    for (const part of STOPS) {
      const batch = lives.batch();
      // Both workers have some of these in hand when one is stopped.
      const hanging = Array.from({ length: 6 }, () => lives.opened(['hang', 'open']));
      await Promise.all(hanging.map(({ orderId }) => rig.untilCalled(orderId)));
      expect(await rig.stop(part)).toBeLessThan(GRACE_MS);
      await Promise.all(batch.map(({ lived }) => lived));
      slow.push(...hanging.map(({ orderId }) => orderId));
    }
    for (const orderId of slow) {
      // Its time was over before the worker's: a call of the seller's, not one that was lost and made again.
      const { log } = await rig.untilLine(orderId, ({ log }) => log.length > 1);
      expect(log.at(-1)?.note).toMatch(
        /^newInstance call 1 failed: The server did not answer completely in time/,
      );
      expect(rig.callsOf(orderId)).toBe(1);
      await lives.command(orderId, 'seller', 'restart-call', {});
    }
    await lives.expectOneEndEach();
    for (const orderId of slow) expect(rig.callsOf(orderId)).toBe(2);
  },
  MINUTES,
);

test(
  'each part is killed under load: every order comes to its one end, and Ctrl-C leaves no process',
  async () => {
    for (const part of KILLS) {
      const batch = lives.batch();
      // Some have been answered, others are under way.
      await Promise.race(batch.map(({ lived }) => lived));
      await rig.kill(part);
    }
    await lives.expectOneEndEach();
    expect(secretsIn(rig.logs())).toEqual([]);

    expect((await rig.ctrlC()).exitCode).toBe(0);
    await untilNoneLeft(rig.folder, 1000);
  },
  MINUTES,
);
