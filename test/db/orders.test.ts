import { openContact } from '../../db/contacts';
import type { Database, OpenDatabase } from '../../db/connect';
import { getOrder } from '../../db/order-lines';
import { registerOrder, type OrderRegistration } from '../../db/orders';
import { orders } from '../../db/schema';
import type { StewardError } from '../../domain/errors';
import { openTestDatabase, testKeys } from '../support/database';
import { rivals } from './rivals';
import { sampleOrder } from './samples';

let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const register = (order: OrderRegistration) => registerOrder(database.db, testKeys, order);
/** What a request was told: `new`, `repeated`, or an error's code. */
const outcome = (order: OrderRegistration): Promise<string> =>
  register(order).catch((error: unknown) => (error as StewardError).code);
const outcomes = (requests: OrderRegistration[]): Promise<string[]> => Promise.all(requests.map(outcome));
const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

function costing(order: OrderRegistration, minor: number): OrderRegistration {
  const lines = order.body.lines.map((line) => ({ ...line, amount: { ...line.amount, minor } }));
  return { ...order, body: { ...order.body, lines } };
}

test('an order is new once, repeated for ever, and in conflict with another body', async () => {
  const order = sampleOrder('O-1');
  expect(await register(order)).toBe('new');
  expect(await register(order)).toBe('repeated');
  await expect(register(costing(order, 1))).rejects.toMatchObject({ code: 'ORDER_CONFLICT', status: 409 });
  expect(await register(order)).toBe('repeated');
});

test('a repetition may write its keys in another order', async () => {
  const order = sampleOrder('O-2');
  await register(order);
  const body = Object.fromEntries(Object.entries(order.body).reverse()) as OrderRegistration['body'];
  expect(await register({ ...order, body })).toBe('repeated');
});

test('of 20 identical requests at once one is new', async () => {
  const all = await outcomes(times(20, () => sampleOrder('O-3')));
  expect(all.filter((told) => told === 'new')).toHaveLength(1);
  expect(all.filter((told) => told === 'repeated')).toHaveLength(19);
  expect(await getOrder(database.db, 'O-3')).toHaveLength(1);
});

test('of 20 requests at once with different bodies one is new, the others conflict', async () => {
  const all = await outcomes(times(20, (i) => costing(sampleOrder('O-4'), i)));
  expect(all.filter((told) => told === 'new')).toHaveLength(1);
  expect(all.filter((told) => told === 'ORDER_CONFLICT')).toHaveLength(19);
});

test('two bodies at once, in both orders of arrival: who was first decides for both', async () => {
  const cheap = costing(sampleOrder('O-5'), 1);
  const dear = costing(sampleOrder('O-5'), 2);
  const all = await outcomes(times(20, (i) => (i % 2 ? cheap : dear)));
  expect(all.filter((told) => told === 'new')).toHaveLength(1);
  expect(all.filter((told) => told === 'repeated')).toHaveLength(9);
  expect(all.filter((told) => told === 'ORDER_CONFLICT')).toHaveLength(10);
});

test('two orders that claim the same line ids, in opposite order: one gets them all, nothing hangs', async () => {
  // Each would have its first line and wait for the middle one, were they written as they come.
  const middle = (tx: Database) => registerOrder(tx, testKeys, sampleOrder('O-holder', ['shared-m']));
  const one = sampleOrder('O-6', ['shared-a', 'shared-m', 'shared-z']);
  const other = sampleOrder('O-7', ['shared-z', 'shared-m', 'shared-a']);
  const all = await rivals(database, middle, () => [one, other].map(outcome));
  expect(all.sort()).toEqual(['ORDER_LINE_TAKEN', 'new']);
  const counts = [await getOrder(database.db, 'O-6'), await getOrder(database.db, 'O-7')].map(
    (o) => o.length,
  );
  expect(counts.sort()).toEqual([0, 3]);
});

test('an order that names a line twice is refused and leaves nothing behind', async () => {
  await expect(register(sampleOrder('O-8', ['twice', 'twice']))).rejects.toMatchObject({
    code: 'ORDER_LINE_TAKEN',
  });
  expect(await register(sampleOrder('O-8'))).toBe('new');
});

test('a line is shown with its starting view, and the contact only opens with the key', async () => {
  const order = sampleOrder('O-9', ['O-9-b', 'O-9-a']);
  await register(order);
  const lines = await getOrder(database.db, 'O-9');
  expect(lines.map((line) => line.orderLineId)).toEqual(['O-9-a', 'O-9-b']);
  const line = lines[0]!;
  expect(line.start).toEqual(order.starts[1]);
  expect(line.view).toMatchObject({
    revision: 0,
    status: 'PROCESSING',
    node: 'OPENING',
    waitingFor: 'seller',
    log: [],
  });
  expect(openContact(testKeys, line)).toEqual({
    name: '王小明',
    email: 'wang@example.com',
    phone: '+86 13800138000',
    language: 'zh',
  });
  expect(JSON.stringify([lines, await database.db.select().from(orders)])).not.toMatch(
    /王小明|wang@|13800138000/,
  );
});

test('an unknown order has no lines', async () => {
  expect(await getOrder(database.db, 'nobody-placed-this')).toEqual([]);
});
