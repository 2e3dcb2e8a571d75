import type { OpenDatabase } from '../../db/connect';
import { registerOrder } from '../../db/orders';
import { findShipments } from '../../db/shipments';
import { viewStore } from '../../db/views';
import type { LineView } from '../../domain/order-line';
import { openTestDatabase, testKeys } from '../support/database';
import { goodsOrder, sampleOrder, sampleShipment, sampleView } from './samples';

/** Which lines have a parcel, as their views tell. */

let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const register = (orderId: string) => registerOrder(database.db, testKeys, goodsOrder(orderId));
const save = (orderId: string, revision: number, shipment?: LineView['shipment']) =>
  viewStore(database.db).save(orderId, `${orderId}-000001`, {
    ...sampleView(revision),
    ...(shipment !== undefined && { shipment }),
  });
const find = async (trackingNumber: string, carrier = 'shunfeng') =>
  (await findShipments(database.db, carrier, trackingNumber)).map(({ orderId }) => orderId);

test('a line is found by the parcel of its newest view, and by no other', async () => {
  await register('S-1');
  await save('S-1', 1, null);
  expect(await find('SF-000001')).toEqual([]);
  await save('S-1', 2, sampleShipment('SF-000001'));
  expect(await find('SF-000001')).toEqual(['S-1']);
  expect(await find('SF-000001', 'zhongtong')).toEqual([]);
  await save('S-1', 3, sampleShipment('SF-000002'));
  expect(await find('SF-000001')).toEqual([]);
  expect(await find('SF-000002')).toEqual(['S-1']);
});

test('an older view that comes late changes nothing', async () => {
  await register('S-2');
  await save('S-2', 5, sampleShipment('SF-000005'));
  await save('S-2', 4, sampleShipment('SF-000004'));
  await save('S-2', 3, null);
  expect(await find('SF-000005')).toEqual(['S-2']);
  expect(await find('SF-000004')).toEqual([]);
});

test('a rejected delivery has no parcel any more', async () => {
  await register('S-3');
  await save('S-3', 1, sampleShipment('SF-000006'));
  await save('S-3', 2, null);
  expect(await find('SF-000006')).toEqual([]);
});

test('several lines may be in one parcel', async () => {
  for (const orderId of ['S-5', 'S-4']) {
    await register(orderId);
    await save(orderId, 1, sampleShipment('SF-000007'));
  }
  expect(await find('SF-000007')).toEqual(['S-4', 'S-5']);
});

test('an order of another kind, and a view of an older release, have none', async () => {
  await registerOrder(database.db, testKeys, sampleOrder('S-6'));
  await save('S-6', 1);
  await save('S-6', 2, null);
  await register('S-7');
  await save('S-7', 1);
  expect(await find('SF-000008')).toEqual([]);
});

test('20 views at once leave the parcel of the newest', async () => {
  await register('S-8');
  const revisions = Array.from({ length: 20 }, (_, n) => ((n * 7) % 20) + 1);
  await Promise.all(revisions.map((n) => save('S-8', n, sampleShipment(`SF-1000${n}`))));
  expect(await find('SF-100020')).toEqual(['S-8']);
  expect(await find('SF-100019')).toEqual([]);
});
