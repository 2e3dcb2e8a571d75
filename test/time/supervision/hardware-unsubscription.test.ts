import { eventually } from '../../support/eventually';
import { DAY, placeGoods, reject, ship, startParcelRig, type Parcels } from '../../support/parcels';
import type { PlacedLine } from '../../support/placed-line';
import type { Rig } from '../../support/rig';
import { accept, openAppeal, refusalOf } from '../../support/supervised';

/** Unsubscription of goods that are in transit: an operator comes before the seller (domain.md 3.1). */

let rig: Rig;
let parcels: Parcels;

beforeAll(async () => {
  ({ rig, parcels } = await startParcelRig());
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

const ask = (line: PlacedLine, received?: boolean) =>
  line.command('request-unsubscription', 'buyer', {
    ...{ amount: { currency: 'CNY', minor: 400_000 }, reason: 'It takes too long' },
    ...(received !== undefined && { received }),
  });
const confirm = (line: PlacedLine) => line.command('confirm-unsubscription', 'operator', {});
const refuse = (line: PlacedLine) =>
  line.command('refuse-unsubscription', 'operator', { reason: 'It arrives tomorrow' });
const approve = (line: PlacedLine) => line.command('approve-unsubscription', 'seller', {});
const withdraw = (line: PlacedLine) => line.command('withdraw-unsubscription', 'buyer', {});

async function shipped(): Promise<{ line: PlacedLine; number: string }> {
  const number = parcels.next();
  const line = await placeGoods(rig);
  await ship(line, number);
  return { line, number };
}

async function signedFor(line: PlacedLine, number: string): Promise<void> {
  parcels.located(number, 'SIGNED', await rig.env.currentTimeMs());
  await rig.env.sleep('5 hours');
  await eventually(
    () => line.view(),
    ({ shipment }) => shipment?.state === 'SIGNED',
  );
}

test('that an operator confirms goes to the seller, whose time limit begins then', async () => {
  const { line } = await shipped();
  await ask(line, false);
  expect(await line.view()).toMatchObject({
    ...{ waitingFor: 'operator', dueAt: null, unsubscription: { status: 'OPERATOR_CONFIRMING' } },
  });
  expect(await refusalOf(approve(line))).toBe('NOT_ALLOWED_NOW');
  expect(await refusalOf(line.command('reject-unsubscription', 'seller', { reason: 'No' }))).toBe(
    'NOT_ALLOWED_NOW',
  );
  expect(await refusalOf(ask(line, false))).toBe('UNSUBSCRIPTION_PENDING');
  expect(await refusalOf(accept(line))).toBe('UNSUBSCRIPTION_PENDING');
  expect(await refusalOf(line.command('confirm-unsubscription', 'seller', {}))).toBe('FORBIDDEN');
  await rig.env.sleep(60 * DAY);
  await confirm(line);
  const view = await line.view();
  expect(view).toMatchObject({ waitingFor: 'seller', unsubscription: { status: 'REQUESTED' } });
  expect(view.dueAt! - (await rig.env.currentTimeMs())).toBeGreaterThan(6 * DAY);
  expect(await refusalOf(confirm(line))).toBe('NOT_ALLOWED_NOW');
  expect(await refusalOf(refuse(line))).toBe('NOT_ALLOWED_NOW');
  await approve(line);
  expect(await line.ended()).toEqual({ status: 'UNSUBSCRIBED' });
  expect(rig.refundsOf(line)).toEqual([[`${line.orderLineId}-U1`, 400_000]]);
  expect((await line.mails()).filter((mail) => mail.startsWith('unsubscription'))).toEqual([
    'unsubscription-in-transit operator',
    'unsubscription-requested seller',
  ]);
});

test('that an operator refuses leaves the line as it was, and the seller out of it', async () => {
  const { line } = await shipped();
  await ask(line, false);
  expect(await refusalOf(line.command('refuse-unsubscription', 'operator', { reason: ' ' }))).toBe(
    'INVALID_REQUEST',
  );
  await refuse(line);
  expect(await line.view()).toMatchObject({ waitingFor: 'buyer', unsubscription: { status: 'REFUSED' } });
  await ask(line, false);
  await withdraw(line);
  expect(await line.view()).toMatchObject({ waitingFor: 'buyer', unsubscription: { status: 'WITHDRAWN' } });
  await accept(line);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
  expect(rig.refundsOf(line)).toEqual([]);
  expect((await line.mails()).filter((mail) => mail.startsWith('unsubscription'))).toEqual([
    'unsubscription-in-transit operator',
    'unsubscription-refused buyer',
    'unsubscription-in-transit operator',
    'unsubscription-withdrawn operator',
  ]);
});

test('can be withdrawn after it was confirmed too', async () => {
  const { line } = await shipped();
  await ask(line, false);
  await confirm(line);
  await withdraw(line);
  await accept(line);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
  expect(await line.mails()).toContain('unsubscription-withdrawn seller');
});

test('holds up the automatic acceptance while the operator has it', async () => {
  const { line, number } = await shipped();
  await ask(line, false);
  await signedFor(line, number);
  await rig.env.sleep(30 * DAY);
  expect(await line.view()).toMatchObject({ node: 'ACCEPTING', autoAcceptance: { state: 'STOPPED' } });
  await refuse(line);
  const { dueAt } = await line.view();
  await rig.env.sleep(dueAt! - (await rig.env.currentTimeMs()) - 60_000);
  expect(await line.view()).toMatchObject({ status: 'PROCESSING' });
  await rig.env.sleep(120_000);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
});

test('says whether the goods were received once they are shipped', async () => {
  const { line } = await shipped();
  expect(await refusalOf(ask(line))).toBe('INVALID_REQUEST');
  const odd = { amount: { currency: 'CNY', minor: 1 }, reason: 'No', received: 'no' };
  expect(await refusalOf(line.command('request-unsubscription', 'buyer', odd as never))).toBe(
    'INVALID_REQUEST',
  );
  await ask(line, true);
  expect(await line.view()).toMatchObject({ waitingFor: 'seller', unsubscription: { status: 'REQUESTED' } });
  await approve(line);
  expect(await line.ended()).toEqual({ status: 'UNSUBSCRIBED' });
});

test('needs no operator before the goods are shipped, when they are signed for, or have come back', async () => {
  const early = await placeGoods(rig);
  await ask(early);
  expect(await early.view()).toMatchObject({ unsubscription: { status: 'REQUESTED' } });
  await approve(early);
  expect(await early.ended()).toEqual({ status: 'UNSUBSCRIBED' });

  const { line, number } = await shipped();
  await signedFor(line, number);
  await ask(line, false);
  expect(await line.view()).toMatchObject({ unsubscription: { status: 'REQUESTED' } });
  await line.command('reject-unsubscription', 'seller', { reason: 'It is there' });
  await reject(line);
  await ask(line);
  expect(await line.view()).toMatchObject({ node: 'SHIPPING', unsubscription: { status: 'REQUESTED' } });
  await approve(line);
  expect(await line.ended()).toEqual({ status: 'UNSUBSCRIBED' });
});

test('that is confirmed during an appeal waits for its end, and is refused by a verdict', async () => {
  const { line } = await shipped();
  await ask(line, false);
  await openAppeal(line, 'seller');
  await confirm(line);
  expect(await line.view()).toMatchObject({
    waitingFor: 'operator',
    unsubscription: { status: 'REQUESTED' },
  });
  expect(await refusalOf(approve(line))).toBe('APPEAL_OPEN');
  await line.command('resolve-appeal', 'operator', { verdict: 'complete', reason: 'It is there' });
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
  expect(await rig.registered(line)).toMatchObject({ unsubscription: { status: 'REFUSED' } });

  const other = (await shipped()).line;
  await ask(other, false);
  await openAppeal(other, 'buyer');
  await other.command('resolve-appeal', 'operator', { verdict: 'complete', reason: 'It is there' });
  expect(await other.ended()).toEqual({ status: 'COMPLETED' });
  expect(await rig.registered(other)).toMatchObject({ unsubscription: { status: 'REFUSED' } });
});
