import type { OpenDatabase } from '../../db/connect';
import { listLines, type LineFilter } from '../../db/order-lines';
import { registerOrder } from '../../db/orders';
import { viewStore } from '../../db/views';
import { openTestDatabase, testKeys } from '../support/database';
import { sampleOrder, sampleView } from './samples';

let database: OpenDatabase;
const now = jest.spyOn(Date, 'now');
const NOON = 1_750_000_000_000;

beforeAll(async () => {
  database = await openTestDatabase();
  // Five orders of five lines; lines of one order, and orders in pairs, have the same time.
  for (let i = 0; i < 5; i++) {
    now.mockReturnValue(NOON + Math.floor(i / 2));
    const order = sampleOrder(
      `L-${i}`,
      [1, 2, 3, 4, 5].map((n) => `L-${i}-${n}`),
    );
    for (const start of order.starts) {
      start.line.sellerId = `S${i % 2}`;
      start.line.buyerId = `B${i}`;
    }
    await registerOrder(database.db, testKeys, order);
  }
  now.mockRestore();
  await viewStore(database.db).save('L-0', 'L-0-1', { ...sampleView(1), node: 'POLLING', dueAt: NOON });
  await viewStore(database.db).save('L-0', 'L-0-2', {
    ...sampleView(1),
    status: 'COMPLETED',
    dueAt: NOON + 1,
  });
});
afterAll(() => database.close());

const list = async (filter: LineFilter) =>
  (await listLines(database.db, filter)).items.map((line) => line.orderLineId);

test.each([1, 2, 3, 7, 24, 25, 26])('pages of %i show each line once, newest first', async (limit) => {
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await listLines(database.db, {}, { limit, ...(cursor !== null && { cursor }) });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    expect(page.items.length).toBeGreaterThan(0);
    seen.push(...page.items.map((line) => line.orderLineId));
    cursor = page.nextCursor;
  } while (cursor !== null);
  const all = [4, 3, 2, 1, 0].flatMap((i) => [5, 4, 3, 2, 1].map((n) => `L-${i}-${n}`));
  expect(seen).toEqual(all);
});

test('lines placed while someone turns pages do not shift them', async () => {
  const first = await listLines(database.db, { sellerId: 'S0' }, { limit: 4 });
  const order = sampleOrder('L-new');
  order.starts[0]!.line.sellerId = 'S0';
  await registerOrder(database.db, testKeys, order);
  const second = await listLines(database.db, { sellerId: 'S0' }, { limit: 4, cursor: first.nextCursor! });
  expect([...first.items, ...second.items].map((line) => line.orderLineId)).toEqual(
    ['4-5', '4-4', '4-3', '4-2', '4-1', '2-5', '2-4', '2-3'].map((id) => `L-${id}`),
  );
});

test('filters narrow together', async () => {
  expect(await list({ node: 'POLLING' })).toEqual(['L-0-1']);
  expect(await list({ status: 'COMPLETED' })).toEqual(['L-0-2']);
  expect(await list({ status: 'COMPLETED', node: 'POLLING' })).toEqual([]);
  expect(await list({ dueBefore: NOON })).toEqual([]);
  expect(await list({ dueBefore: NOON + 1 })).toEqual(['L-0-1']);
  expect(await list({ buyerId: 'B3' })).toEqual(['L-3-5', 'L-3-4', 'L-3-3', 'L-3-2', 'L-3-1']);
  expect(await list({ buyerId: 'B3', sellerId: 'S0' })).toEqual([]);
  expect(await list({ waitingFor: 'buyer' })).toEqual([]);
  expect(await list({ delivery: 'hardware' })).toEqual([]);
});

test('a page has 50 lines unless told, and never more than 200', async () => {
  const ids = Array.from({ length: 201 }, (_, i) => `many-${i}`);
  const order = sampleOrder('L-many', ids);
  for (const start of order.starts) start.line.buyerId = 'B-many';
  await registerOrder(database.db, testKeys, order);
  const size = async (limit?: number) =>
    (await listLines(database.db, { buyerId: 'B-many' }, { limit })).items.length;
  expect([await size(), await size(1_000), await size(0)]).toEqual([50, 200, 1]);
});

test.each([
  ['not base64', '%%%'],
  ['not JSON', Buffer.from('{').toString('base64url')],
  ['another list’s', Buffer.from('[1,"a"]').toString('base64url')],
  ['not a time', Buffer.from('["x","a","b"]').toString('base64url')],
  ['an impossible time', Buffer.from('[1e300,"a","b"]').toString('base64url')],
  ['text that SQL cannot take', Buffer.from('[1,"a\\u0000","b"]').toString('base64url')],
])('a cursor that is %s is refused', async (_what, cursor) => {
  await expect(listLines(database.db, {}, { cursor })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
});
