import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import { WINDOWS } from '../../domain/windows';
import { Rig } from '../support/rig';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A call is started a moment after its time; on a busy machine that is some seconds. */
const SOON = 30_000;

let rig: Rig;

beforeAll(async () => {
  rig = await Rig.start();
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

function expectTimes(actual: number[], expected: number[]): void {
  expect(actual.map((at) => Math.round(at / MINUTE))).toEqual(expected.map((at) => Math.round(at / MINUTE)));
  for (const [n, at] of actual.entries()) {
    expect(at).toBeGreaterThanOrEqual(expected[n]!);
    expect(at).toBeLessThan(expected[n]! + SOON);
  }
}

describe('opening', () => {
  test('an instant order is completed within 45 events', async () => {
    const line = await rig.place(['open']);
    expect(await line.handle.result()).toEqual({ status: 'COMPLETED' });
    const { events } = await line.history();
    expect(events!.length).toBeLessThanOrEqual(45);
    expect(rig.platform.events.map(({ type }) => type)).toEqual(['order.opened', 'order.completed']);
    expect(rig.platform.refunds).toEqual([]);
  });

  test('calls that fail are due at 0, 1, 2 and 3 hours, then the buyer is refunded once', async () => {
    const line = await rig.place(['000005']);
    expect(await line.handle.result()).toEqual({ status: 'UNSUBSCRIBED' });
    expectTimes(await line.startsOf('newInstance'), [0, HOUR, 2 * HOUR, 3 * HOUR]);
    expectTimes(await line.startsOf('refund'), [3 * HOUR]);
    expect(refundsOf(line.orderId)).toEqual([
      { refundId: `${line.orderLineId}-U1`, amount: { currency: 'CNY', minor: 990_000 } },
    ]);
    expect(await line.startsOf('releaseInstance')).toEqual([]);
    expect((await rig.calls(line)).map(({ resultCode }) => resultCode)).toEqual(Array(4).fill('000005'));
  });

  test('the last of the four calls still opens the order', async () => {
    const line = await rig.place(['000005', '000104', 'http-500', 'open']);
    expect(await line.handle.result()).toEqual({ status: 'COMPLETED' });
    expectTimes(await line.startsOf('newInstance'), [0, HOUR, 2 * HOUR, 3 * HOUR]);
    expect(refundsOf(line.orderId)).toEqual([]);
  });

  test('000004 without an id is asked again, and after the last call it may have left an instance', async () => {
    const line = await rig.place(['accept-without-id']);
    await rig.env.sleep(3 * HOUR + MINUTE);
    expect(await line.view()).toMatchObject({
      node: 'RELEASE_UNCONFIRMED',
      status: 'UNSUBSCRIBED',
      waitingFor: 'operator',
    });
    await line.command('confirm-release', 'operator', { note: 'Nothing was left.' });
    expect(await line.handle.result()).toEqual({ status: 'UNSUBSCRIBED' });
    expectTimes(await line.startsOf('newInstance'), [0, HOUR, 2 * HOUR, 3 * HOUR]);
  });
});

describe('restart-call', () => {
  test('is an extra call at once that moves no due call', async () => {
    const line = await rig.place(['000005', '000005', '000005', 'open']);
    await rig.env.sleep(20 * MINUTE);
    await line.command('restart-call', 'seller', {});
    expect(await line.handle.result()).toEqual({ status: 'COMPLETED' });
    expectTimes(await line.startsOf('newInstance'), [0, 20 * MINUTE, HOUR, 2 * HOUR]);
  });

  test.each([
    { then: 'open', calls: 2 },
    { then: '000005', calls: 3 },
  ] as const)('over a due time lets that call wait: $then, $calls calls', async ({ then, calls }) => {
    const line = await rig.place(['000005', then, 'open'], { windows: WINDOWS.fast });
    await rig.env.sleep(1_000);
    const held = rig.hold('newInstance');
    await line.command('restart-call', 'seller', {});
    await held.begun;
    // A running call holds the server's clock to the real one: the due call comes after 3 s.
    const { dueAt } = await line.view();
    await sleep(dueAt! - (await rig.env.currentTimeMs()) + 200);
    held.goOn();
    expect(await line.handle.result()).toEqual({ status: 'COMPLETED' });
    expect(await line.startsOf('newInstance')).toHaveLength(calls);
  });

  test('opens an order that the seller has mended', async () => {
    const line = await rig.place(['000005', 'open']);
    await rig.env.sleep(20 * MINUTE);
    await line.command('restart-call', 'operator', { activity: 'newInstance' });
    expect(await line.handle.result()).toEqual({ status: 'COMPLETED' });
    expect(await line.startsOf('newInstance')).toHaveLength(2);
  });

  test('is refused for another activity, and more often than ten times in an hour', async () => {
    const line = await rig.place(['000005']);
    await rig.env.sleep(MINUTE);
    const restart = () => line.command('restart-call', 'seller', {});
    await expect(
      line.command('restart-call', 'seller', { activity: 'releaseInstance' }),
    ).rejects.toMatchObject({
      cause: { type: 'WRONG_ACTIVITY' },
    });
    for (let n = 0; n < 10; n += 1) {
      await restart();
      await rig.env.sleep(MINUTE);
    }
    await expect(restart()).rejects.toMatchObject({ cause: { type: 'TOO_MANY_RESTARTS' } });
    // The first of the ten was at minute 1, it is minute 11 now.
    await rig.env.sleep(49.5 * MINUTE);
    await expect(restart()).rejects.toMatchObject({ cause: { type: 'TOO_MANY_RESTARTS' } });
    await rig.env.sleep(MINUTE);
    await restart();
    expect(await line.handle.result()).toEqual({ status: 'UNSUBSCRIBED' });
    expect(await line.startsOf('newInstance')).toHaveLength(4 + 11);
  });
});

describe('the list of the Temporal UI', () => {
  test('leaves out the query that follows at once when the seller opens', async () => {
    const line = await rig.place(['open']);
    expect(await line.handle.result()).toEqual({ status: 'COMPLETED' });
    expect(await line.listedNodes()).toEqual(['ENDED']);
  });

  test('has an order whose seller says that it is open and that is not ready', async () => {
    const query = rig.hold('queryInstance');
    const line = await rig.place(['open']);
    await query.begun;
    const instance = rig.seller.instances.find(({ orderId }) => orderId === line.orderId)!;
    instance.readyAfter = 2;
    query.goOn();
    expect(await line.handle.result()).toEqual({ status: 'COMPLETED' });
    expect(await line.listedNodes()).toEqual(['POLLING', 'ENDED']);
  });

  test('has an order whose query fails', async () => {
    const line = await rig.place(['open']);
    rig.seller.script(line.orderId, ['000005', 'open'], 'queryInstance');
    expect(await line.handle.result()).toEqual({ status: 'COMPLETED' });
    expect(await line.listedNodes()).toEqual(['POLLING', 'ENDED']);
  });

  test('has an order whose query fails on our own side', async () => {
    await rig.stopWorker();
    let failures = 1;
    const { queryInstance } = rig.activities;
    await rig.startWorker({
      queryInstance: (input) => {
        if (failures-- > 0) throw ApplicationFailure.nonRetryable('database away', 'INTERNAL');
        return queryInstance(input);
      },
    });
    const line = await rig.place(['open']);
    expect(await line.handle.result()).toEqual({ status: 'COMPLETED' });
    expect(await line.listedNodes()).toEqual(['POLLING', 'ENDED']);
    await rig.stopWorker();
    await rig.startWorker();
  });
});

describe('polling', () => {
  test('asks after 1, 2, 4, 8 minutes, then every 10, and gives up when the last call would have been due', async () => {
    const line = await rig.place(['accept:never']);
    expect(await line.handle.result()).toEqual({ status: 'UNSUBSCRIBED' });
    const early = [1, 3, 7, 15].map((n) => n * MINUTE);
    const later = Array.from({ length: 16 }, (_, n) => (25 + 10 * n) * MINUTE);
    expectTimes(await line.startsOf('queryInstance'), [...early, ...later, 180 * MINUTE]);
    expect(await line.startsOf('newInstance')).toHaveLength(1);
    expectTimes(await line.startsOf('releaseInstance'), [180 * MINUTE]);
    expect(rig.seller.instances.find(({ orderId }) => orderId === line.orderId)).toMatchObject({
      released: true,
    });
    expect(refundsOf(line.orderId)).toHaveLength(1);
  });

  test('goes on for half an hour after an acceptance at the last call', async () => {
    const line = await rig.place(['000005', '000005', '000005', 'accept:never']);
    expect(await line.handle.result()).toEqual({ status: 'UNSUBSCRIBED' });
    expectTimes(
      await line.startsOf('queryInstance'),
      [1, 3, 7, 15, 25, 30].map((n) => 3 * HOUR + n * MINUTE),
    );
  });

  test('ends well at the very last query', async () => {
    const line = await rig.place(['000005', '000005', '000005', 'accept:6']);
    expect(await line.handle.result()).toEqual({ status: 'COMPLETED' });
    expect(await line.startsOf('queryInstance')).toHaveLength(6);
    expect(refundsOf(line.orderId)).toEqual([]);
  });

  test('a restart-call is an extra query, and failures of queries are told once', async () => {
    const line = await rig.place(['accept:5']);
    rig.seller.script(line.orderId, ['000005', '000005', 'open'], 'queryInstance');
    await rig.env.sleep(4 * MINUTE);
    await line.command('restart-call', 'seller', {});
    expect(await line.handle.result()).toEqual({ status: 'COMPLETED' });
    expectTimes(
      await line.startsOf('queryInstance'),
      [1, 3, 4, 7, 15, 25, 35].map((n) => n * MINUTE),
    );
    const told = rig.platform.events.filter(
      ({ orderId, type }) => orderId === line.orderId && type === 'order.call_failed',
    );
    expect(told).toHaveLength(1);
  });
});

function refundsOf(orderId: string) {
  return rig.platform.refunds
    .filter((refund) => refund.orderId === orderId)
    .map(({ refundId, amount }) => ({ refundId, amount }));
}
