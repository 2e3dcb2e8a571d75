import { setTimeout as sleep } from 'node:timers/promises';
import { unsubscriptionQuotas } from '../../db/schema';
import { iso } from '../../domain/time';
import { WINDOWS, type Windows } from '../../domain/windows';
import { eventually } from '../support/eventually';
import type { PlacedLine } from '../support/placed-line';
import { Rig } from '../support/rig';

/** Unsubscribing without reason in the five days after the completion (domain.md 3.1), and images (2.8). */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const YEARLY = { mode: 'PERIOD', period: { unit: 'YEAR', n: 1 } } as const;

let rig: Rig;

beforeAll(async () => {
  rig = await Rig.start();
});
afterAll(() => rig.end());
afterEach(async () => {
  await rig.expectAllSound();
  await rig.database.db.delete(unsubscriptionQuotas);
});

const placeSaas = async (): Promise<PlacedLine> => {
  const line = await rig.placeLine({ charging: YEARLY });
  await line.until('FIVE_DAYS');
  return line;
};
const unsubscribe = (line: PlacedLine, reason?: string) =>
  line.command('unsubscribe', 'buyer', reason === undefined ? {} : { reason });
const refusedWith = (code: string) => ({ cause: { type: code } });
const eventsOf = ({ orderId }: PlacedLine) =>
  rig.platform.events.filter((event) => event.orderId === orderId).map(({ type }) => type);

describe('the five days', () => {
  test('begin with the completion, which is told at once, and end by themselves', async () => {
    const line = await placeSaas();
    const view = await line.view();
    expect(view).toMatchObject({
      status: 'COMPLETED',
      waitingFor: 'nobody',
      allowed: [{ command: 'unsubscribe', roles: ['buyer'] }],
      dueAt: view.completion!.completedAt + 5 * DAY,
      fiveDaysUntil: view.completion!.completedAt + 5 * DAY,
    });
    await line.quiet();
    expect(eventsOf(line)).toEqual(['order.opened', 'order.completed']);
    const { events } = await line.history();
    const completed = events!.findIndex((event) => event.timerStartedEventAttributes != null);
    expect(completed).toBeGreaterThan(0);
    expect(completed).toBeLessThan(45);
    expect(await line.handle.result()).toEqual({ status: 'COMPLETED' });
    expect(await line.waits('Wait for the end of the five days without reason')).toHaveLength(1);
    expect(await rig.registered(line)).toMatchObject({ node: 'ENDED', allowed: [], dueAt: null });
    expect(rig.refundsOf(line)).toEqual([]);
  });

  test('tell the buyer in its mail until when', async () => {
    const line = await placeSaas();
    const { fiveDaysUntil } = await line.view();
    await line.quiet();
    const [kept] = rig.mailbox.mails.filter(({ subject }) => subject.includes(line.orderId));
    const mail = await rig.mailbox.read(kept!.id);
    expect(mail?.text).toContain('在截止时间之前，您可以无理由全额退订此订单。');
    expect(mail?.text).toContain(iso(fiveDaysUntil!).slice(0, 10));
    await line.handle.result();
  });

  test('are not there for what was bought once, nor for a trial', async () => {
    const once = await rig.place(['open']);
    expect(await once.handle.result()).toEqual({ status: 'COMPLETED' });
    const trial = await rig.placeLine({ charging: YEARLY, trial: true });
    expect(await trial.handle.result()).toEqual({ status: 'COMPLETED' });
    for (const line of [once, trial]) {
      const { log, fiveDaysUntil } = await rig.registered(line);
      expect(log.map(({ to }) => to)).not.toContain('FIVE_DAYS');
      expect(fiveDaysUntil).toBeNull();
    }
  });

  test('are those of today for an order that began under a release without them', async () => {
    const older = Object.fromEntries(
      Object.entries(WINDOWS.standard).filter(([name]) => name !== 'fiveDays'),
    );
    const windows = older as unknown as Windows;
    const line = await rig.placeLine({ charging: YEARLY }, { windows });
    const { completion, dueAt } = await line.until('FIVE_DAYS');
    expect(dueAt).toBe(completion!.completedAt + 5 * DAY);
    await line.handle.result();
  });
});

describe('unsubscribing', () => {
  test('a minute before their end gives everything back and releases the instance', async () => {
    const line = await placeSaas();
    await rig.env.sleep(5 * DAY - MINUTE);
    expect(await unsubscribe(line, 'Too slow')).toMatchObject({ node: 'REFUNDING', status: 'COMPLETED' });
    expect(await line.ended()).toEqual({ status: 'UNSUBSCRIBED' });
    expect(rig.refundsOf(line)).toEqual([[`${line.orderLineId}-U1`, 990_000]]);
    const { log, unsubscription } = await rig.registered(line);
    expect(unsubscription).toMatchObject({ status: 'REFUNDED', reason: 'Too slow' });
    expect(log.map(({ to }) => to).slice(-4)).toEqual(['FIVE_DAYS', 'REFUNDING', 'RELEASING', 'ENDED']);
    expect(rig.seller.instances.find(({ orderId }) => orderId === line.orderId)).toMatchObject({
      released: true,
    });
    expect(eventsOf(line)).toEqual(['order.opened', 'order.completed', 'order.unsubscribed']);
    expect(await line.mails()).toEqual(['opened buyer', 'unsubscribed buyer', 'unsubscribed seller']);
  });

  test('is refused after their end, also when our own downtime has kept the line open', async () => {
    const line = await placeSaas();
    let late: Promise<unknown> = Promise.resolve();
    await rig.sleepWithoutWorker(5 * DAY, line, async () => {
      late = unsubscribe(line).then(
        () => 'taken',
        () => 'refused',
      );
      await sleep(500);
    });
    expect(await late).toBe('refused');
    expect(rig.refundsOf(line)).toEqual([]);
    expect(await line.ended()).toEqual({ status: 'COMPLETED' });
  });

  test('is not possible before the completion, nor for anybody but the buyer', async () => {
    const line = await rig.placeLine({ charging: YEARLY }, { script: ['accept:1'] });
    await line.until('POLLING');
    await expect(unsubscribe(line)).rejects.toMatchObject(refusedWith('NOT_ALLOWED_NOW'));
    await rig.env.sleep(2 * MINUTE);
    await line.until('FIVE_DAYS');
    await expect(line.command('unsubscribe' as never, 'seller', {} as never)).rejects.toMatchObject(
      refusedWith('FORBIDDEN'),
    );
    await expect(unsubscribe(line, ' ')).rejects.toMatchObject(refusedWith('INVALID_REQUEST'));
    await expect(
      line.command('close', 'operator', { reason: 'No', refund: { currency: 'CNY', minor: 0 } }),
    ).rejects.toMatchObject(refusedWith('NOT_ALLOWED_NOW'));
    await line.handle.result();
  });

  test('is refused in words for another kind and for a trial', async () => {
    const service = await rig.placeLine({ delivery: 'service', charging: YEARLY });
    await expect(unsubscribe(service)).rejects.toMatchObject(refusedWith('NO_FIVE_DAYS'));
    await service.handle.cancel();
    await service.ended();
    const trial = await rig.placeLine({ charging: YEARLY, trial: true }, { script: ['accept:1'] });
    await trial.until('POLLING');
    await expect(unsubscribe(trial)).rejects.toMatchObject(refusedWith('TRIAL_NOT_REFUNDABLE'));
    await trial.handle.result();
  });

  test('an eleventh time in a year is refused, and the line stays as it was', async () => {
    const year = new Date(await rig.env.currentTimeMs()).getUTCFullYear();
    const years = [year, year + 1].map((one) => ({ buyerId: 'buyer-1', year: one, used: 10 }));
    const line = await placeSaas();
    await rig.database.db.insert(unsubscriptionQuotas).values(years);
    await expect(unsubscribe(line)).rejects.toMatchObject(refusedWith('QUOTA_SPENT'));
    expect(await line.view()).toMatchObject({
      node: 'FIVE_DAYS',
      unsubscription: { status: 'REFUSED' },
      allowed: [{ command: 'unsubscribe' }],
    });
    // Somebody mends the count: another request is another question.
    await rig.database.db.delete(unsubscriptionQuotas);
    await unsubscribe(line);
    expect(await line.ended()).toEqual({ status: 'UNSUBSCRIBED' });
    expect(rig.refundsOf(line)).toEqual([[`${line.orderLineId}-U2`, 990_000]]);
  });
});

describe('while it is asked whether one is left', () => {
  test('the unsubscription is pending for others, and takes effect after the end of the five days too', async () => {
    const line = await placeSaas();
    await rig.env.sleep(5 * DAY - MINUTE);
    const held = rig.hold('takeUnsubscription');
    const asked = unsubscribe(line);
    await held.begun;
    const { dueAt, ...pending } = await line.view();
    expect(pending).toMatchObject({ allowed: [], unsubscription: { status: 'REQUESTED' } });
    await expect(unsubscribe(line)).rejects.toMatchObject(refusedWith('UNSUBSCRIPTION_PENDING'));
    expect(dueAt! - (await rig.env.currentTimeMs())).toBeLessThanOrEqual(MINUTE);
    await line.handle.cancel();
    held.goOn();
    expect(await asked).toMatchObject({ node: 'REFUNDING' });
    expect(await line.ended()).toEqual({ status: 'UNSUBSCRIBED' });
  });

  test('our own database may be away beyond the end: what was asked for in time is not lost', async () => {
    await rig.stopWorker();
    let away = true;
    await rig.startWorker({
      takeUnsubscription: (input) =>
        away ? Promise.reject(new Error('away')) : rig.activities.takeUnsubscription(input),
    });
    const line = await placeSaas();
    await rig.env.sleep(5 * DAY - MINUTE);
    const asked = unsubscribe(line);
    await eventually(
      () => line.view(),
      ({ unsubscription }) => unsubscription !== null,
    );
    await rig.env.sleep(2 * 60 * MINUTE);
    expect(await line.view()).toMatchObject({ node: 'FIVE_DAYS', unsubscription: { status: 'REQUESTED' } });
    away = false;
    // The next attempt comes within ten minutes.
    await rig.env.sleep(15 * MINUTE);
    expect(await asked).toMatchObject({ node: 'REFUNDING' });
    expect(await line.ended()).toEqual({ status: 'UNSUBSCRIBED' });
    await rig.stopWorker();
    await rig.startWorker();
  });

  test('an answer that was lost takes no second one', async () => {
    await rig.stopWorker();
    let lost = 0;
    await rig.startWorker({
      async takeUnsubscription(input) {
        const answer = await rig.activities.takeUnsubscription(input);
        lost += 1;
        if (lost < 3) throw new Error('The worker died before it could tell');
        return answer;
      },
    });
    const line = await placeSaas();
    expect(await unsubscribe(line)).toMatchObject({ node: 'REFUNDING' });
    expect(await line.ended()).toEqual({ status: 'UNSUBSCRIBED' });
    expect(await rig.database.db.select().from(unsubscriptionQuotas)).toMatchObject([{ used: 1 }]);
    await rig.stopWorker();
    await rig.startWorker();
  });
});

test('a cancellation from the Temporal UI changes nothing in the five days', async () => {
  const line = await placeSaas();
  await line.handle.cancel();
  await line.quiet();
  expect(await line.view()).toMatchObject({ node: 'FIVE_DAYS', status: 'COMPLETED' });
  await unsubscribe(line);
  expect(await line.ended()).toEqual({ status: 'UNSUBSCRIBED' });
});

describe('an image', () => {
  const image = { delivery: 'image', assetVersion: '2026.11-3' } as const;

  test('is completed at once, with nobody called, and ends when it was bought once', async () => {
    const line = await rig.placeLine(image);
    expect(await line.ended()).toEqual({ status: 'COMPLETED' });
    expect(eventsOf(line)).toEqual(['order.completed']);
    expect(await line.mails()).toEqual(['completed buyer']);
    expect(await rig.calls(line, ['newInstance', 'queryInstance', 'releaseInstance', 'orderNotify'])).toEqual(
      [],
    );
    const { log } = await rig.registered(line);
    expect(log.map(({ to }) => to)).toEqual(['COMPLETING', 'ENDED']);
    expect(log[1]!.note).toContain('2026.11-3');
  });

  test('that was bought for a period can be unsubscribed for five days, and has nothing to release', async () => {
    const line = await rig.placeLine({ ...image, charging: YEARLY });
    await line.until('FIVE_DAYS');
    await rig.env.sleep(4 * DAY);
    await unsubscribe(line);
    expect(await line.ended()).toEqual({ status: 'UNSUBSCRIBED' });
    expect(rig.refundsOf(line)).toEqual([[`${line.orderLineId}-U1`, 990_000]]);
    expect(eventsOf(line)).toEqual(['order.completed', 'order.unsubscribed']);
    const { log } = await rig.registered(line);
    expect(log.map(({ to }) => to).slice(-2)).toEqual(['REFUNDING', 'ENDED']);
  });

  test('that nobody unsubscribes stays completed', async () => {
    const line = await rig.placeLine({ ...image, charging: YEARLY });
    await line.until('FIVE_DAYS');
    expect(await line.handle.result()).toEqual({ status: 'COMPLETED' });
    await expect(unsubscribe(line)).rejects.toThrow();
  });
});
