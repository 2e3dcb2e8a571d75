import type { Command } from '../../../domain/commands';
import {
  changeAddress,
  correct,
  DAY,
  HOUR,
  placeGoods,
  reject,
  remindBuyer,
  ship,
  startParcelRig,
  type Parcels,
} from '../../support/parcels';
import type { PlacedLine } from '../../support/placed-line';
import type { Rig } from '../../support/rig';
import { accept, EMPOWERMENT, openAppeal, PROOF, refusalOf, reviewPass } from '../../support/supervised';

/** Goods from the address to the acceptance by the buyer (domain.md 2.7). */

let rig: Rig;
let parcels: Parcels;

beforeAll(async () => {
  ({ rig, parcels } = await startParcelRig());
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

async function end(line: PlacedLine): Promise<void> {
  await accept(line);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
}

test('are shipped, and accepted by the buyer', async () => {
  const line = await placeGoods(rig);
  expect(await line.view()).toMatchObject({
    ...{ node: 'SHIPPING', waitingFor: 'seller', shipment: null, autoAcceptance: null },
    ...{ addressId: '0', addressChanges: 0 },
  });
  const number = parcels.next();
  await ship(line, number);
  const { shipment, ...view } = await line.view();
  expect(view).toMatchObject({
    ...{ node: 'ACCEPTING', waitingFor: 'buyer', dueAt: null },
    autoAcceptance: { state: 'AFTER_SIGNATURE', at: null },
  });
  expect(shipment).toMatchObject({
    ...{ n: 1, carrier: 'shunfeng', trackingNumber: number, info: 'PENDING' },
    ...{ state: null, stateAt: null, learnedAt: null },
  });
  const { log } = view;
  expect(log.at(-1)).toMatchObject({ command: 'ship', by: 'seller', attachments: PROOF });
  await end(line);
});

test('go to the address that the buyer last gave, which changes only until they are shipped', async () => {
  const line = await placeGoods(rig);
  await changeAddress(line, 'update-1');
  await changeAddress(line, 'update-2');
  expect(await line.view()).toMatchObject({ addressId: 'update-2', addressChanges: 2 });
  expect((await line.mails()).filter((mail) => mail.startsWith('address'))).toEqual([
    'address-changed seller',
    'address-changed seller',
  ]);
  expect(await refusalOf(line.command('change-address', 'seller', { addressId: 'x' }))).toBe('FORBIDDEN');
  const number = parcels.next();
  await ship(line, number);
  expect(await refusalOf(changeAddress(line, 'update-3'))).toBe('NOT_ALLOWED_NOW');
  await rig.env.sleep(HOUR);
  expect(parcels.asked.filter(({ trackingNumber }) => trackingNumber === number)[0]).toMatchObject({
    ...{ addressId: 'update-2', known: null, carrier: 'shunfeng' },
  });
  await end(line);
});

test('are shipped to the address that the seller could see, when the buyer changes it at the same moment', async () => {
  for (let n = 0; n < 4; n += 1) {
    const line = await placeGoods(rig);
    const change = () => refusalOf(changeAddress(line));
    const shipping = () => refusalOf(ship(line, parcels.next()));
    const [first, second] = n % 2 ? [change, shipping] : [shipping, change];
    const refused = (await Promise.all([first(), second()])).filter((code) => code !== undefined);
    const { log, addressChanges } = await line.view();
    const commands = log.flatMap(({ command }) => command ?? []);
    expect([
      { refused: [], commands: ['change-address', 'ship'], addressChanges: 1 },
      { refused: ['NOT_ALLOWED_NOW'], commands: ['ship'], addressChanges: 0 },
    ]).toContainEqual({ refused, commands, addressChanges });
    await end(line);
  }
});

test('that are rejected are shipped again, and the address may change once more', async () => {
  const line = await placeGoods(rig);
  const first = parcels.next();
  await ship(line, first);
  await reject(line);
  expect(await line.view()).toMatchObject({ node: 'SHIPPING', shipment: null, autoAcceptance: null });
  expect(await refusalOf(correct(line, first))).toBe('NOT_ALLOWED_NOW');
  await changeAddress(line);
  const asked = () => parcels.asked.filter(({ trackingNumber }) => trackingNumber === first).length;
  const before = asked();
  await rig.env.sleep(2 * DAY);
  // Of a parcel that counts no more nobody asks.
  expect(asked()).toBe(before);
  await ship(line, parcels.next());
  expect(await line.view()).toMatchObject({ node: 'ACCEPTING', shipment: { n: 2 } });
  await end(line);
});

test('are reviewed in both scenes, where the logistics can be corrected too', async () => {
  for (const about of [EMPOWERMENT, { scene: 'base', trade: 'joint' } as const]) {
    const line = await placeGoods(rig, about);
    await ship(line, parcels.next());
    expect(await line.view()).toMatchObject({ node: 'REVIEWING', waitingFor: 'operator' });
    expect(await refusalOf(remindBuyer(line))).toBe('NOT_ALLOWED_NOW');
    await correct(line, parcels.next());
    expect(await line.view()).toMatchObject({ node: 'REVIEWING', shipment: { n: 2 } });
    await reviewPass(line);
    await end(line);
  }
  const other = await placeGoods(rig, { scene: 'base', trade: 'own' });
  await ship(other, parcels.next());
  expect(await other.view()).toMatchObject({ node: 'ACCEPTING' });
  await end(other);
});

test('the seller can have the buyer reminded once a day', async () => {
  const line = await placeGoods(rig);
  expect(await refusalOf(remindBuyer(line))).toBe('NOT_ALLOWED_NOW');
  await ship(line, parcels.next());
  await remindBuyer(line);
  expect(await refusalOf(remindBuyer(line))).toBe('REMINDED_LATELY');
  await rig.env.sleep(DAY - 60_000);
  expect(await refusalOf(remindBuyer(line))).toBe('REMINDED_LATELY');
  await rig.env.sleep(120_000);
  await remindBuyer(line);
  await openAppeal(line, 'buyer');
  await rig.env.sleep(2 * DAY);
  expect(await refusalOf(remindBuyer(line))).toBe('APPEAL_OPEN');
  await line.command('resolve-appeal', 'operator', { verdict: 'complete', reason: 'It is there' });
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
  expect((await line.mails()).filter((mail) => mail === 'acceptance-reminder buyer')).toHaveLength(2);
});

test('data that does not fit is refused, whatever it is', async () => {
  const line = await placeGoods(rig);
  const give = (command: Command, data: unknown) => line.command(command, 'seller', data as never);
  const right = { carrier: 'shunfeng', trackingNumber: parcels.next(), proof: PROOF };
  const wrong: unknown[] = [
    ...[{}, null, 7, 'x', { ...right, carrier: 'SF Express' }, { ...right, carrier: ['shunfeng'] }],
    ...[
      { ...right, trackingNumber: '12345' },
      { ...right, trackingNumber: 'SF 000001' },
    ],
    ...[
      { ...right, trackingNumber: 1234567 },
      { ...right, proof: [] },
      { ...right, proof: 'x' },
    ],
  ];
  for (const data of wrong) expect(await refusalOf(give('ship', data))).toBe('INVALID_REQUEST');
  for (const addressId of [undefined, 7, '', 'a b', 'x'.repeat(129)]) {
    const change = line.command('change-address', 'buyer', { addressId } as never);
    expect(await refusalOf(change)).toBe('INVALID_REQUEST');
  }
  await give('ship', right);
  for (const data of [{}, null, { carrier: 'x' }, { carrier: 'yd', trackingNumber: '' }]) {
    expect(await refusalOf(give('correct-logistics', data))).toBe('INVALID_REQUEST');
  }
  await end(line);
});
