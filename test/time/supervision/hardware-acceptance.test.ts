import { eventually } from '../../support/eventually';
import {
  correct,
  DAY,
  HOUR,
  placeGoods,
  reject,
  ship,
  startParcelRig,
  type Parcels,
} from '../../support/parcels';
import type { PlacedLine } from '../../support/placed-line';
import type { Rig } from '../../support/rig';
import { accept, EMPOWERMENT, openAppeal, reviewPass } from '../../support/supervised';
import type { OrderLineBody } from '../../../domain/schemas/order';

/** Automatic acceptance of goods ten days after the carrier says "signed" (domain.md 2.7). */

let rig: Rig;
let parcels: Parcels;

beforeAll(async () => {
  ({ rig, parcels } = await startParcelRig());
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

const now = () => rig.env.currentTimeMs();

const MINUTE = 60_000;

/** Shipped goods of which the carrier said "signed" so long ago. */
async function signed(
  ago: number,
  about: Partial<OrderLineBody> = {},
): Promise<{ line: PlacedLine; number: string; at: number }> {
  const number = parcels.next();
  const line = await placeGoods(rig, about);
  const at = (await now()) - ago;
  parcels.located(number, 'SIGNED', at);
  await ship(line, number);
  await eventually(
    () => line.view(),
    ({ shipment }) => shipment?.state === 'SIGNED',
  );
  // The clock is not to be moved while a mail is on its way.
  await line.quiet();
  return { line, number, at };
}

const sleepUntil = async (at: number) => rig.env.sleep(at - (await now()));

/** Nothing has happened a minute before, and the line is completed a minute after. */
async function expectAcceptedAt(line: PlacedLine, at: number): Promise<void> {
  await sleepUntil(at - MINUTE);
  expect(await line.view()).toMatchObject({ node: 'ACCEPTING', status: 'PROCESSING' });
  await sleepUntil(at + MINUTE);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
  const { completion, log } = await rig.registered(line);
  expect(Math.abs(completion!.completedAt - at)).toBeLessThan(MINUTE);
  expect(log.at(-1)).toMatchObject({ by: 'steward', command: null, from: 'ACCEPTING', to: 'ENDED' });
}

const resume = (line: PlacedLine) =>
  line.command('resolve-appeal', 'operator', { verdict: 'resume', reason: 'It goes on' });
const rejectUnsubscription = (line: PlacedLine) =>
  line.command('reject-unsubscription', 'seller', { reason: 'It works' });
const askForMoney = (line: PlacedLine) =>
  line.command('request-unsubscription', 'buyer', {
    ...{ amount: { currency: 'CNY', minor: 1 }, reason: 'Scratched', received: true },
  });

test('comes ten days after "signed", not a minute before', async () => {
  const { line, at } = await signed(HOUR);
  const { dueAt, autoAcceptance } = await line.view();
  expect({ dueAt, autoAcceptance }).toEqual({
    dueAt: at + 10 * DAY,
    autoAcceptance: { state: 'DUE', at: at + 10 * DAY },
  });
  await expectAcceptedAt(line, at + 10 * DAY);
  expect(await line.mails()).toEqual([
    'your-move seller',
    'your-move buyer',
    'parcel-signed buyer',
    'completed buyer',
    'completed seller',
  ]);
});

test('never comes less than a day after it was learned that the parcel was signed for', async () => {
  const { line } = await signed(30 * DAY);
  const { shipment, dueAt } = await line.view();
  expect(dueAt).toBe(shipment!.learnedAt! + DAY);
  await expectAcceptedAt(line, dueAt!);
});

test('is no second one when the buyer accepts before, a second before it too', async () => {
  const early = await signed(0);
  await accept(early.line);
  expect(await early.line.ended()).toEqual({ status: 'COMPLETED' });

  // The same moment is raced for on a server whose clock is everybody's: test/live/acceptance-race.
  const { line, at } = await signed(0);
  await sleepUntil(at + 10 * DAY - 1_000);
  await accept(line);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
  await rig.env.sleep(DAY);
  for (const one of [early.line, line]) {
    const { log } = await rig.registered(one);
    expect(log.filter(({ to }) => to === 'ENDED')).toMatchObject([{ by: 'buyer', command: 'accept' }]);
    const told = rig.platform.events.filter(({ orderId }) => orderId === one.orderId);
    expect(told.map(({ type }) => type)).toEqual(['order.completed']);
  }
});

test('stands still during an appeal and then comes with what was left', async () => {
  const { line, at } = await signed(0);
  await rig.env.sleep(2 * DAY);
  const stopped = await now();
  await openAppeal(line, 'buyer');
  expect(await line.view()).toMatchObject({ autoAcceptance: { state: 'STOPPED', at: null } });
  await rig.env.sleep(30 * DAY);
  expect(await line.view()).toMatchObject({ node: 'ACCEPTING', status: 'PROCESSING' });
  await resume(line);
  const { dueAt } = await line.view();
  expect(Math.abs(dueAt! - at - 10 * DAY - ((await now()) - stopped))).toBeLessThan(MINUTE);
  await expectAcceptedAt(line, dueAt!);
});

test('stands still while an unsubscription is pending, whose own time limit runs on', async () => {
  const { line, at } = await signed(0);
  const stopped = await now();
  await askForMoney(line);
  expect(await line.view()).toMatchObject({ autoAcceptance: { state: 'STOPPED' } });
  await rig.env.sleep(20 * DAY);
  await eventually(
    () => line.mails(),
    (mails) => mails.includes('unsubscription-overdue seller'),
  );
  // An appeal over it stops the other clock too; its end lets only that one go on.
  await openAppeal(line, 'seller');
  await resume(line);
  expect(await line.view()).toMatchObject({ node: 'ACCEPTING', autoAcceptance: { state: 'STOPPED' } });
  await rejectUnsubscription(line);
  const { dueAt } = await line.view();
  expect(Math.abs(dueAt! - at - 10 * DAY - ((await now()) - stopped))).toBeLessThan(MINUTE);
  await expectAcceptedAt(line, dueAt!);
});

test('that is learned of during an appeal begins after it', async () => {
  const number = parcels.next();
  const line = await placeGoods(rig);
  await ship(line, number);
  await openAppeal(line, 'buyer');
  parcels.located(number, 'SIGNED', await now());
  await rig.env.sleep(5 * HOUR);
  expect(await line.view()).toMatchObject({
    shipment: { state: 'SIGNED' },
    autoAcceptance: { state: 'STOPPED' },
  });
  await rig.env.sleep(20 * DAY);
  await resume(line);
  const { dueAt } = await line.view();
  expect(dueAt! - (await now())).toBeGreaterThan(9 * DAY);
  await expectAcceptedAt(line, dueAt!);
});

test('counts anew after a correction', async () => {
  const { line } = await signed(9 * DAY);
  const other = parcels.next();
  await correct(line, other);
  expect(await line.view()).toMatchObject({
    shipment: { n: 2, trackingNumber: other, info: 'PENDING', state: null },
    autoAcceptance: { state: 'AFTER_SIGNATURE', at: null },
    dueAt: null,
  });
  await rig.env.sleep(20 * DAY);
  expect(await line.view()).toMatchObject({ node: 'ACCEPTING', status: 'PROCESSING' });
  const at = await now();
  parcels.located(other, 'SIGNED', at);
  await rig.env.sleep(5 * HOUR);
  await expectAcceptedAt(line, at + 10 * DAY);
});

describe('under review', () => {
  test('the ten days run on, and end nothing before it has passed', async () => {
    const { line } = await signed(0, EMPOWERMENT);
    await rig.env.sleep(12 * DAY);
    expect(await line.view()).toMatchObject({ node: 'REVIEWING', status: 'PROCESSING', dueAt: null });
    await reviewPass(line);
    expect(await line.ended()).toEqual({ status: 'COMPLETED' });
    expect(await line.mails()).not.toContain('your-move buyer');
    const { log } = await rig.registered(line);
    expect(log.at(-1)).toMatchObject({ command: 'review-pass', from: 'REVIEWING', to: 'ENDED' });
  });

  test('that passes earlier the buyer has what is left of the ten days', async () => {
    const { line, at } = await signed(0, { scene: 'base', trade: 'huawei' });
    await rig.env.sleep(3 * DAY);
    await reviewPass(line);
    expect(await line.view()).toMatchObject({ node: 'ACCEPTING', dueAt: at + 10 * DAY });
    await expectAcceptedAt(line, at + 10 * DAY);
  });

  test('that rejects it nothing is accepted', async () => {
    const { line } = await signed(0, EMPOWERMENT);
    await line.command('review-reject', 'operator', { reason: 'Signed by another' });
    await rig.env.sleep(20 * DAY);
    expect(await line.view()).toMatchObject({ node: 'SHIPPING', shipment: null, autoAcceptance: null });
    await line.command('close', 'operator', { reason: 'Over', refund: { currency: 'CNY', minor: 0 } });
    expect(await line.ended()).toEqual({ status: 'CLOSED' });
  });

  test('an unsubscription that was pending when the ten days were over holds the acceptance up', async () => {
    const { line } = await signed(0, EMPOWERMENT);
    await rig.env.sleep(11 * DAY);
    await askForMoney(line);
    await reviewPass(line);
    expect(await line.view()).toMatchObject({ node: 'ACCEPTING', status: 'PROCESSING' });
    await rejectUnsubscription(line);
    expect(await line.ended()).toEqual({ status: 'COMPLETED' });
  });
});

test('is off when the parcel comes back after it was signed for', async () => {
  const { line, number } = await signed(0);
  await rig.env.sleep(5 * DAY);
  parcels.located(number, 'RETURNED', await now());
  await rig.env.sleep(5 * HOUR);
  expect(await line.view()).toMatchObject({
    shipment: { state: 'RETURNED' },
    autoAcceptance: { state: 'RETURNED', at: null },
    dueAt: null,
  });
  const asked = parcels.asked.length;
  await rig.env.sleep(30 * DAY);
  expect(await line.view()).toMatchObject({ node: 'ACCEPTING', status: 'PROCESSING' });
  expect(parcels.asked).toHaveLength(asked);
  expect((await line.mails()).filter((mail) => mail.startsWith('no-automatic'))).toEqual([
    'no-automatic-acceptance seller',
    'no-automatic-acceptance buyer',
  ]);
  await reject(line);
  const again = parcels.next();
  parcels.located(again, 'SIGNED', await now());
  await ship(line, again);
  const { shipment } = await eventually(
    () => line.view(),
    (view) => view.shipment?.state === 'SIGNED',
  );
  expect(shipment).toMatchObject({ n: 2, trackingNumber: again });
  await accept(line);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
});
