import type { ParcelState } from '../../../domain/logistics';
import { eventually } from '../../support/eventually';
import {
  correct,
  DAY,
  HOUR,
  placeGoods,
  push,
  remindBuyer,
  ship,
  startParcelRig,
  type Parcels,
} from '../../support/parcels';
import type { PlacedLine } from '../../support/placed-line';
import type { Rig } from '../../support/rig';
import { accept, refusalOf } from '../../support/supervised';

/** What Steward learns of parcels, by asking the carrier and by what it pushes (domain.md 2.7). */

let rig: Rig;
let parcels: Parcels;

beforeAll(async () => {
  ({ rig, parcels } = await startParcelRig());
});
afterAll(() => rig.end());
afterEach(() => {
  parcels.down(false);
  return rig.expectAllSound();
});

const now = () => rig.env.currentTimeMs();
/** Long enough for the carrier to have been asked again. */
const nextPoll = () => rig.env.sleep(5 * HOUR);

/** Goods of which the carrier says this since they were shipped. */
async function shipped(state?: ParcelState): Promise<{ line: PlacedLine; number: string; at: number }> {
  const number = parcels.next();
  const line = await placeGoods(rig);
  const at = await now();
  if (state) parcels.located(number, state, at);
  await ship(line, number);
  if (state) await known(line, state);
  return { line, number, at };
}

const known = (line: PlacedLine, state: ParcelState) =>
  eventually(
    () => line.view(),
    ({ shipment }) => shipment?.state === state,
  );

async function end(line: PlacedLine): Promise<void> {
  await accept(line);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
}

const noAcceptance = async (line: PlacedLine) =>
  (await line.mails()).filter((mail) => mail.startsWith('no-automatic-acceptance'));

test.each(['PHONE_MISMATCH', 'CARRIER_UNKNOWN'] as const)(
  'with %s the goods are never accepted by the system, whatever is pushed, until it is corrected',
  async (info) => {
    const number = parcels.next();
    const line = await placeGoods(rig);
    parcels.say(number, { info });
    await ship(line, number);
    await eventually(
      () => line.view(),
      ({ shipment }) => shipment?.info === info,
    );
    expect(await line.view()).toMatchObject({ autoAcceptance: { state: info, at: null }, dueAt: null });
    const asked = parcels.asked.length;
    await push(line, number, 'SIGNED', await now());
    await rig.env.sleep(60 * DAY);
    expect(await line.view()).toMatchObject({ node: 'ACCEPTING', status: 'PROCESSING', dueAt: null });
    expect(parcels.asked).toHaveLength(asked);
    expect(await noAcceptance(line)).toEqual([
      'no-automatic-acceptance seller',
      'no-automatic-acceptance buyer',
    ]);
    await remindBuyer(line);

    const right = parcels.next();
    const at = await now();
    parcels.located(right, 'SIGNED', at);
    await correct(line, right);
    expect((await known(line, 'SIGNED')).dueAt).toBe(at + 10 * DAY);
    await rig.env.sleep(10 * DAY + 60_000);
    expect(await line.ended()).toEqual({ status: 'COMPLETED' });
  },
);

test('a carrier that is away for three days costs the buyer nothing of the ten', async () => {
  const { line, number } = await shipped('IN_TRANSIT');
  parcels.down(true);
  const at = await now();
  parcels.located(number, 'SIGNED', at);
  await line.quiet();
  const before = (await line.history()).events!.length;
  await rig.env.sleep(3 * DAY);
  expect((await line.history()).events!.length).toBe(before);
  parcels.down(false);
  await nextPoll();
  expect(await line.view()).toMatchObject({
    shipment: { state: 'SIGNED', stateAt: at },
    dueAt: at + 10 * DAY,
  });
  await rig.env.sleep(at + 10 * DAY + 60_000 - (await now()));
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
});

describe('pushed news', () => {
  test('counts once the carrier has confirmed phone and number, and only once', async () => {
    const { line, number } = await shipped();
    await push(line, number, 'SIGNED', await now());
    expect(await line.view()).toMatchObject({ shipment: { info: 'PENDING', state: null }, dueAt: null });
    parcels.located(number, 'IN_TRANSIT', await now());
    await nextPoll();
    expect(await line.view()).toMatchObject({ shipment: { info: 'VALID', state: 'IN_TRANSIT' } });
    const at = await now();
    await push(line, number, 'SIGNED', at);
    const { dueAt, revision, log } = await line.view();
    expect({ dueAt, by: log.at(-1)!.by }).toEqual({ dueAt: at + 10 * DAY, by: 'carrier' });
    for (const later of [0, 0, HOUR]) {
      await rig.env.sleep(later);
      await push(line, number, 'SIGNED', at + later);
    }
    expect(await line.view()).toMatchObject({ dueAt, revision });
    await end(line);
    expect((await line.mails()).filter((mail) => mail === 'parcel-signed buyer')).toHaveLength(1);
  });

  test('that is out of order or contradicts what is known changes nothing', async () => {
    const { line, number, at } = await shipped('SIGNED');
    const { revision, dueAt } = await line.view();
    await rig.env.sleep(DAY);
    for (const state of ['IN_TRANSIT', 'RETURNED', 'SIGNED'] as const)
      await push(line, number, state, at - HOUR);
    await push(line, number, 'IN_TRANSIT', at);
    expect(await line.view()).toMatchObject({ revision, dueAt, shipment: { state: 'SIGNED', stateAt: at } });
    // The carrier corrects itself: the parcel was not signed for after all.
    await push(line, number, 'IN_TRANSIT', at + HOUR);
    expect(await line.view()).toMatchObject({
      ...{ dueAt: null, shipment: { state: 'IN_TRANSIT' }, autoAcceptance: { state: 'AFTER_SIGNATURE' } },
    });
    await push(line, number, 'SIGNED', at + 2 * HOUR);
    expect(await line.view()).toMatchObject({ dueAt: at + 2 * HOUR + 10 * DAY });
    await push(line, number, 'RETURNED', at + 3 * HOUR);
    // The sender signs for what came back.
    await push(line, number, 'SIGNED', at + 4 * HOUR);
    expect(await line.view()).toMatchObject({ dueAt: null, shipment: { state: 'RETURNED' } });
    await end(line);
  });

  test('of the future is ignored, and noted once', async () => {
    const { line, number } = await shipped('IN_TRANSIT');
    for (const ahead of [6 * 60_000, DAY, 8e15 - (await now())]) {
      await push(line, number, 'SIGNED', (await now()) + ahead);
    }
    const { log, shipment } = await line.view();
    expect(shipment).toMatchObject({ state: 'IN_TRANSIT' });
    expect(log.filter(({ note }) => note.includes('future'))).toHaveLength(1);
    // Clocks differ a little.
    await push(line, number, 'SIGNED', (await now()) + 60_000);
    expect(await line.view()).toMatchObject({ shipment: { state: 'SIGNED' } });
    await end(line);
  });

  test('of another parcel than the present one is ignored', async () => {
    const { line, number } = await shipped('IN_TRANSIT');
    const right = parcels.next();
    parcels.located(right, 'IN_TRANSIT', await now());
    await correct(line, right);
    const { revision } = await known(line, 'IN_TRANSIT');
    await push(line, number, 'SIGNED', await now());
    expect(await line.view()).toMatchObject({ revision, shipment: { trackingNumber: right } });
    await end(line);
  });

  test('is taken from carriers only, and only in its shape', async () => {
    const { line, number, at } = await shipped('IN_TRANSIT');
    const event = {
      ...{ by: { role: 'carrier', sub: 'carrier-1' }, carrier: 'shunfeng', trackingNumber: number },
      ...{ state: 'SIGNED', at },
    };
    const refused = (wrong: unknown) =>
      refusalOf(line.handle.executeUpdate('logistics-event', { args: [wrong] }));
    expect(await refused({ ...event, by: { role: 'seller', sub: 'seller-1' } })).toBe('FORBIDDEN');
    const wrong: unknown[] = [undefined, null, 7, {}, { ...event, by: null }, { ...event, carrier: 7 }];
    for (const one of [
      ...wrong,
      { ...event, state: 'LOST' },
      { ...event, at: 'now' },
      { ...event, at: 0.5 },
    ]) {
      expect(await refused(one)).toBe('INVALID_REQUEST');
    }
    const held = rig.hold('sendMail');
    await accept(line);
    await held.begun;
    expect(await refused(event)).toBe('ORDER_ENDED');
    held.goOn();
    expect(await line.ended()).toEqual({ status: 'COMPLETED' });
  });
});

test('answers of a carrier that lags behind what it pushed are not asked for without end', async () => {
  const { line, number, at } = await shipped('IN_TRANSIT');
  await rig.env.sleep(HOUR);
  await push(line, number, 'SIGNED', at + HOUR);
  const asked = parcels.asked.length;
  await rig.env.sleep(DAY);
  expect(parcels.asked.length - asked).toBeLessThan(8);
  expect(await line.view()).toMatchObject({ shipment: { state: 'SIGNED' }, dueAt: at + HOUR + 10 * DAY });
  parcels.located(number, 'RETURNED', await now());
  await rig.env.sleep(3 * DAY);
  expect(await line.view()).toMatchObject({ shipment: { state: 'RETURNED' } });
  await end(line);
});

test('a parcel that comes back is seen before the acceptance, however long answers contradicted what was pushed', async () => {
  const { line, number, at } = await shipped('IN_TRANSIT');
  await rig.env.sleep(HOUR);
  await push(line, number, 'SIGNED', at + HOUR);
  parcels.located(number, 'RETURNED', at);
  await rig.env.sleep(6 * DAY);
  expect(await line.view()).toMatchObject({ shipment: { state: 'SIGNED' } });
  parcels.located(number, 'RETURNED', await now());
  await rig.env.sleep(3 * DAY);
  expect(await line.view()).toMatchObject({ shipment: { state: 'RETURNED' }, dueAt: null });
  await end(line);
});

test('goods that wait a year for a signature have a short history, and are never accepted by the system', async () => {
  const { line, number } = await shipped('IN_TRANSIT');
  const asked = parcels.asked.length;
  await rig.env.sleep(365 * DAY);
  expect(parcels.asked.length - asked).toBeGreaterThan(2_000);
  expect(await line.view()).toMatchObject({
    ...{ node: 'ACCEPTING', status: 'PROCESSING', dueAt: null },
    ...{ shipment: { trackingNumber: number }, autoAcceptance: { state: 'AFTER_SIGNATURE' } },
  });
  expect((await line.history()).events!.length).toBeLessThan(60);
  await end(line);
  expect((await line.history()).events!.length).toBeLessThan(100);
});
