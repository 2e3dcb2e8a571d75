import { eventually } from '../../support/eventually';
import type { PlacedLine } from '../../support/placed-line';
import { Rig } from '../../support/rig';
import { accept, deliver, openAppeal, refusalOf, requestUnsubscription } from '../../support/supervised';

/** Appeals (domain.md 2.0). */

let rig: Rig;

beforeAll(async () => {
  rig = await Rig.start(100);
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

const resolve = (line: PlacedLine, verdict: 'resume' | 'complete' | 'refund', minor?: number) =>
  line.command('resolve-appeal', 'operator', {
    verdict,
    reason: 'Both sides were heard',
    ...(minor !== undefined && { amount: { currency: 'CNY', minor } }),
  });

const place = () => rig.placeLine({ delivery: 'license-package' });

test('freezes the line for both sides until an operator lets it go on', async () => {
  const line = await place();
  await openAppeal(line, 'buyer');
  expect(await line.view()).toMatchObject({
    node: 'DELIVERING',
    waitingFor: 'operator',
    appeal: { status: 'OPEN' },
  });
  expect(await refusalOf(deliver(line))).toBe('APPEAL_OPEN');
  expect(await refusalOf(openAppeal(line, 'seller'))).toBe('APPEAL_OPEN');
  expect(await refusalOf(requestUnsubscription(line))).toBe('APPEAL_OPEN');
  expect(await refusalOf(line.command('resolve-appeal', 'seller', { verdict: 'resume', reason: 'x' }))).toBe(
    'FORBIDDEN',
  );
  await resolve(line, 'resume');
  expect(await line.view()).toMatchObject({ waitingFor: 'seller', appeal: { status: 'RESOLVED' } });
  expect(await refusalOf(resolve(line, 'resume'))).toBe('NOT_ALLOWED_NOW');
  await deliver(line);
  await openAppeal(line, 'seller');
  expect(await refusalOf(accept(line))).toBe('APPEAL_OPEN');
  await resolve(line, 'resume');
  await accept(line);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
});

test('can end as if the delivery had been accepted; a pending unsubscription is refused with it', async () => {
  const line = await place();
  await deliver(line);
  await requestUnsubscription(line);
  await openAppeal(line, 'seller');
  await resolve(line, 'complete');
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
  expect(rig.refundsOf(line)).toEqual([]);
  expect(await rig.registered(line)).toMatchObject({ unsubscription: { status: 'REFUSED' } });
});

test('can end with a refund of its own; a pending unsubscription is refused with it', async () => {
  const line = await place();
  await requestUnsubscription(line, 990_000);
  await openAppeal(line);
  expect(await refusalOf(resolve(line, 'refund'))).toBe('INVALID_REQUEST');
  expect(await refusalOf(resolve(line, 'refund', 990_001))).toBe('REFUND_TOO_LARGE');
  expect(await refusalOf(resolve(line, 'complete', 1))).toBe('INVALID_REQUEST');
  await resolve(line, 'refund', 100_000);
  expect(await line.ended()).toEqual({ status: 'UNSUBSCRIBED' });
  expect(rig.refundsOf(line)).toEqual([[`${line.orderLineId}-U2`, 100_000]]);
});

test('a pending unsubscription goes on after it', async () => {
  const line = await place();
  await requestUnsubscription(line, 200_000);
  await openAppeal(line);
  await resolve(line, 'resume');
  expect(await line.view()).toMatchObject({ waitingFor: 'seller', unsubscription: { status: 'REQUESTED' } });
  await line.command('approve-unsubscription', 'seller', {});
  expect(await line.ended()).toEqual({ status: 'UNSUBSCRIBED' });
  expect(rig.refundsOf(line)).toEqual([[`${line.orderLineId}-U1`, 200_000]]);
});

test('is refused once a refund is decided', async () => {
  const line = await place();
  rig.platform.behave('/refunds', ['http-400'], line.orderId);
  await requestUnsubscription(line);
  await line.command('approve-unsubscription', 'seller', {});
  expect(await refusalOf(openAppeal(line))).toBe('REFUND_DECIDED');
  expect(await refusalOf(requestUnsubscription(line))).toBe('REFUND_DECIDED');
  rig.platform.behave('/refunds', ['take'], line.orderId);
  while ((await line.view()).node !== 'REFUND_STUCK') await rig.env.sleep('1 second');
  await line.command('retry-refund', 'operator', {});
  expect(await line.ended()).toEqual({ status: 'UNSUBSCRIBED' });
});

test('an operator can close the order while it is open', async () => {
  const line = await place();
  await openAppeal(line);
  await line.command('close', 'operator', { reason: 'Fraud', refund: { currency: 'CNY', minor: 0 } });
  expect(await line.ended()).toEqual({ status: 'CLOSED' });
  expect(rig.refundsOf(line)).toEqual([]);
  expect(await rig.registered(line)).toMatchObject({
    appeal: { status: 'RESOLVED', resolution: { verdict: 'close', reason: 'Fraud' } },
  });
});

test('operators are reminded at the end of the third working day, once', async () => {
  const line = await place();
  await openAppeal(line);
  const { dueAt } = await line.view();
  expect((dueAt! + 8 * 3_600_000) % 86_400_000).toBe(0);
  await rig.env.sleep(dueAt! - (await rig.env.currentTimeMs()) - 60_000);
  expect(await line.mails()).not.toContain('appeal-overdue operator');
  await rig.env.sleep(120_000);
  await eventually(
    () => line.mails(),
    (mails) => mails.includes('appeal-overdue operator'),
  );
  await rig.env.sleep('30 days');
  expect((await line.mails()).filter((mail) => mail.startsWith('appeal-overdue'))).toHaveLength(1);
  await resolve(line, 'complete');
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
});
