import { eventually } from '../../support/eventually';
import type { PlacedLine } from '../../support/placed-line';
import { Rig } from '../../support/rig';
import { accept, deliver, openAppeal, refusalOf, requestUnsubscription } from '../../support/supervised';

/** Negotiated unsubscription in the guarantee period (domain.md 3.1). */

let rig: Rig;

beforeAll(async () => {
  rig = await Rig.start(100);
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

const place = () => rig.placeLine({ delivery: 'license-offline' });
const approve = (line: PlacedLine) => line.command('approve-unsubscription', 'seller', {});
const reject = (line: PlacedLine) =>
  line.command('reject-unsubscription', 'seller', { reason: 'It is installed' });
const withdraw = (line: PlacedLine) => line.command('withdraw-unsubscription', 'buyer', {});

test('that the seller approves is refunded once, with the negotiated amount', async () => {
  const line = await place();
  await requestUnsubscription(line, 500_000);
  expect(await line.view()).toMatchObject({
    node: 'DELIVERING',
    waitingFor: 'seller',
    unsubscription: { id: `${line.orderLineId}-U1`, status: 'REQUESTED', amount: { minor: 500_000 } },
  });
  await approve(line);
  expect(await line.ended()).toEqual({ status: 'UNSUBSCRIBED' });
  expect(rig.refundsOf(line)).toEqual([[`${line.orderLineId}-U1`, 500_000]]);
  expect((await rig.registered(line)).unsubscription).toMatchObject({ status: 'REFUNDED' });
  expect(await line.mails()).toEqual([
    'your-move seller',
    'unsubscription-requested seller',
    'unsubscribed buyer',
    'unsubscribed seller',
  ]);
});

test('that is rejected or withdrawn leaves the line as it was, and can be asked for again', async () => {
  const line = await place();
  await requestUnsubscription(line);
  await reject(line);
  expect(await line.view()).toMatchObject({ waitingFor: 'seller', unsubscription: { status: 'REJECTED' } });
  await requestUnsubscription(line);
  await withdraw(line);
  expect(await line.view()).toMatchObject({ unsubscription: { status: 'WITHDRAWN' }, dueAt: null });
  expect(await refusalOf(approve(line))).toBe('NOT_ALLOWED_NOW');
  await requestUnsubscription(line, 990_000);
  await approve(line);
  expect(await line.ended()).toEqual({ status: 'UNSUBSCRIBED' });
  expect(rig.refundsOf(line)).toEqual([[`${line.orderLineId}-U3`, 990_000]]);
});

test('holds up the acceptance, and nothing that the seller does', async () => {
  const line = await place();
  await requestUnsubscription(line);
  await deliver(line);
  expect(await refusalOf(accept(line))).toBe('UNSUBSCRIPTION_PENDING');
  expect(await refusalOf(requestUnsubscription(line))).toBe('UNSUBSCRIPTION_PENDING');
  await reject(line);
  await accept(line);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
  expect(rig.refundsOf(line)).toEqual([]);
});

test.each([
  { minor: 0, code: 'INVALID_REQUEST' },
  { minor: 0.5, code: 'INVALID_REQUEST' },
  { minor: 990_001, code: 'REFUND_TOO_LARGE' },
])('of $minor is refused with $code', async ({ minor, code }) => {
  const line = await place();
  expect(await refusalOf(requestUnsubscription(line, minor))).toBe(code);
  expect(await line.view()).toMatchObject({ unsubscription: null });
  await requestUnsubscription(line, 1);
  await approve(line);
  expect(await line.ended()).toEqual({ status: 'UNSUBSCRIBED' });
});

test('is refused for a trial order, another currency, another role, and without supervision', async () => {
  const trial = await rig.placeLine({ delivery: 'license-offline', trial: true });
  expect(await refusalOf(requestUnsubscription(trial))).toBe('TRIAL_NOT_REFUNDABLE');
  const dollars = { amount: { currency: 'USD', minor: 1 }, reason: 'No' };
  expect(await refusalOf(trial.command('request-unsubscription', 'operator', dollars))).toBe('FORBIDDEN');
  const line = await place();
  expect(await refusalOf(line.command('request-unsubscription', 'buyer', dollars))).toBe('CURRENCY_MISMATCH');
  const saas = await rig.place(['000005', 'open']);
  expect(await refusalOf(requestUnsubscription(saas))).toBe('NOT_SUPERVISED');
  expect(await refusalOf(openAppeal(saas))).toBe('NOT_SUPERVISED');
  for (const one of [trial, line]) {
    await deliver(one);
    await accept(one);
    expect(await one.ended()).toEqual({ status: 'COMPLETED' });
  }
  expect(await saas.handle.result()).toEqual({ status: 'COMPLETED' });
});

describe('the reminder', () => {
  test('comes at the end of the seventh working day, once, and is no verdict', async () => {
    const line = await place();
    await requestUnsubscription(line);
    const { dueAt } = await line.view();
    // 24:00 in Shanghai, at least seven days and no more than a week of holidays and two weekends away.
    expect((dueAt! + 8 * 3_600_000) % 86_400_000).toBe(0);
    const now = await rig.env.currentTimeMs();
    expect(dueAt! - now).toBeGreaterThan(6 * 86_400_000);
    await rig.env.sleep(dueAt! - now - 60_000);
    expect(await line.mails()).not.toContain('unsubscription-overdue seller');
    await rig.env.sleep(120_000);
    const overdue = async () =>
      (await line.mails()).filter((mail) => mail.startsWith('unsubscription-overdue'));
    await eventually(overdue, (mails) => mails.length > 0);
    expect(await overdue()).toEqual(['unsubscription-overdue seller', 'unsubscription-overdue buyer']);
    expect(await line.view()).toMatchObject({ unsubscription: { status: 'REQUESTED' }, dueAt });
    await rig.env.sleep('30 days');
    expect(await overdue()).toHaveLength(2);
    await approve(line);
    expect(await line.ended()).toEqual({ status: 'UNSUBSCRIBED' });
  });

  test('stands still during an appeal and then comes with what was left', async () => {
    const line = await place();
    await requestUnsubscription(line);
    const { dueAt } = await line.view();
    await rig.env.sleep('1 day');
    const stopped = await rig.env.currentTimeMs();
    await openAppeal(line);
    expect(await line.view()).toMatchObject({ waitingFor: 'operator' });
    await rig.env.sleep('60 days');
    expect((await line.mails()).filter((mail) => mail.startsWith('unsubscription-overdue'))).toEqual([]);
    await line.command('resolve-appeal', 'operator', { verdict: 'resume', reason: 'The seller will answer' });
    const gone = (await rig.env.currentTimeMs()) - stopped;
    const { dueAt: now } = await line.view();
    expect(Math.abs(now! - dueAt! - gone)).toBeLessThan(60_000);
    await rig.env.sleep(now! - (await rig.env.currentTimeMs()) + 60_000);
    await eventually(
      () => line.mails(),
      (mails) => mails.includes('unsubscription-overdue seller'),
    );
    await approve(line);
    expect(await line.ended()).toEqual({ status: 'UNSUBSCRIBED' });
  });

  test('is called provisional while it rests on a year whose holidays are not announced', async () => {
    const line = await place();
    await rig.env.sleep('1826 days');
    await requestUnsubscription(line);
    expect(await line.view()).toMatchObject({ provisional: true });
    await line.command('withdraw-unsubscription', 'buyer', {});
    expect(await line.view()).not.toHaveProperty('provisional');
    await requestUnsubscription(line);
    await approve(line);
    expect(await line.ended()).toEqual({ status: 'UNSUBSCRIBED' });
  });
});
