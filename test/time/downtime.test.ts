import { setTimeout as sleep } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { Rig } from '../support/rig';

const MINUTE = 60_000;

let rig: Rig;

beforeAll(async () => {
  rig = await Rig.start();
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

const minutes = (times: number[]): number[] => times.map((at) => Math.round(at / MINUTE));

describe('our own downtime', () => {
  test.each([
    // The call due at 1:00 is made at 1:30 and 29 minutes (all but the grace) are given back.
    { down: 60, made: [0, 90, 149, 209] },
    // Due at 1:00, made at 5:30: 4:29 given back.
    { down: 300, made: [0, 330, 389, 449] },
  ])('of $down minutes from 0:30 on is given back to the seller', async ({ down, made }) => {
    const line = await rig.place(['000005']);
    await rig.env.sleep(30 * MINUTE);
    await rig.sleepWithoutWorker(down * MINUTE, line);
    expect(await line.handle.result()).toEqual({ status: 'UNSUBSCRIBED' });
    expect(minutes(await line.startsOf('newInstance'))).toEqual(made);
  });

  test.each([
    { late: 45, given: 0 },
    { late: 90, given: 30 },
  ])(
    'of $late s over a due call gives $given s back: all but the grace of a minute',
    async ({ late, given }) => {
      const line = await rig.place(['000005']);
      await rig.env.sleep(30 * MINUTE);
      await rig.sleepWithoutWorker(30 * MINUTE + late * 1_000, line);
      expect(await line.handle.result()).toEqual({ status: 'UNSUBSCRIBED' });
      const third = (await line.startsOf('newInstance'))[2]! / 1_000;
      expect(third).toBeGreaterThanOrEqual(2 * 3_600 + given);
      expect(third).toBeLessThan(2 * 3_600 + given + 12);
    },
  );

  test('that is over before the next due call changes nothing', async () => {
    const line = await rig.place(['000005']);
    await rig.env.sleep(10 * MINUTE);
    await rig.stopWorker();
    await rig.env.sleep(30 * MINUTE);
    await rig.startWorker();
    expect(await line.handle.result()).toEqual({ status: 'UNSUBSCRIBED' });
    expect(minutes(await line.startsOf('newInstance'))).toEqual([0, 60, 120, 180]);
  });
});

describe('a call that fails on our own side', () => {
  test('is made again after a growing wait, and counts against nobody', async () => {
    let failures = 3;
    await rig.stopWorker();
    const { newInstance } = rig.activities;
    await rig.startWorker({
      newInstance: (input) => {
        if (failures-- > 0)
          throw ApplicationFailure.create({ type: 'INTERNAL', message: 'database away', nonRetryable: true });
        return newInstance(input);
      },
    });
    const line = await rig.place(['open']);
    expect(await line.handle.result()).toEqual({ status: 'COMPLETED' });
    expect((await rig.calls(line)).map(({ activity, attempt }) => [activity, attempt])).toEqual([
      ['newInstance', 1],
      ['queryInstance', 1],
    ]);
    expect(await line.startsOf('newInstance')).toHaveLength(4);
    // What the workflow waits, not when its calls come: a loaded machine adds seconds of its own to those.
    expect(await line.waits('Wait for our own side to recover')).toEqual([1_000, 2_000, 4_000]);
    await rig.stopWorker();
    await rig.startWorker();
  });

  test('leaves no doubt about an instance that nobody was asked for', async () => {
    let failures = 1;
    await rig.stopWorker();
    const { newInstance } = rig.activities;
    await rig.startWorker({
      newInstance: (input) => {
        if (failures-- > 0) throw ApplicationFailure.nonRetryable('database away', 'INTERNAL');
        return newInstance(input);
      },
    });
    const line = await rig.place(['000005']);
    expect(await line.handle.result()).toEqual({ status: 'UNSUBSCRIBED' });
    await rig.stopWorker();
    await rig.startWorker();
  });

  test('by a time-out is made again by the server, once; a close meanwhile ends it', async () => {
    await rig.stopWorker();
    let calls = 0;
    await rig.startWorker({
      newInstance: () => {
        calls += 1;
        // Until its worker stops.
        return Context.current().cancelled;
      },
    });
    const line = await rig.place(['open']);
    await expect(line.command('restart-call', 'seller', {})).rejects.toMatchObject({
      cause: { type: 'CALL_IN_PROGRESS' },
    });
    const refund = { currency: 'CNY', minor: 990_000 };
    await line.command('close', 'operator', { reason: 'The buyer changed its mind', refund });
    // The server gives each call up after 15 s, for once in real time: a running activity holds its clock.
    while ((await line.view()).node !== 'RELEASE_UNCONFIRMED') await sleep(250);
    // Nobody knows whether the seller heard the lost call.
    expect(await line.view()).toMatchObject({ status: 'CLOSED', node: 'RELEASE_UNCONFIRMED' });
    await line.command('confirm-release', 'operator', { note: 'Nothing was left.' });
    expect(await line.handle.result()).toEqual({ status: 'CLOSED' });
    expect(calls).toBe(2);
    expect(await rig.calls(line)).toEqual([]);
  });
});
