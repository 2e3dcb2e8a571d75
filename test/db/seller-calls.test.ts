import type { SellerCallLog } from '../../activities/production/ports';
import type { OpenDatabase } from '../../db/connect';
import { listSellerCalls, sellerCallLog } from '../../db/seller-calls';
import { openTestDatabase } from '../support/database';

let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const log = (): SellerCallLog => sellerCallLog(database.db);
const begin = (callId: string, orderId: string, sellerId: string, attempt: number) =>
  log().begin({
    callId,
    orderId,
    orderLineId: `${orderId}-000001`,
    sellerId,
    activity: 'newInstance',
    attempt,
    at: 1_750_000_000_000 + Math.floor(attempt / 2),
  });

test('a call leaves a trace when it begins, and its result when it ends', async () => {
  await begin('call-1', 'C-1', 'S1', 1);
  const running = {
    orderId: 'C-1',
    orderLineId: 'C-1-000001',
    activity: 'newInstance',
    attempt: 1,
    at: '2025-06-15T23:06:40.000+08:00',
    ms: null,
    httpStatus: null,
    resultCode: null,
    exception: null,
  };
  expect((await listSellerCalls(database.db, { orderId: 'C-1' })).items).toEqual([running]);
  const result = { ms: 812, httpStatus: 200, resultCode: '000005', exception: 'The seller answered 000005' };
  await log().finish('call-1', result);
  expect((await listSellerCalls(database.db, { orderId: 'C-1' })).items).toEqual([{ ...running, ...result }]);
});

test('pages show each call once, newest first, of that seller and order only', async () => {
  for (let n = 1; n <= 7; n++) await begin(`page-${n}`, 'C-2', 'S2', n);
  await begin('other-order', 'C-3', 'S2', 8);
  await begin('other-seller', 'C-2', 'S3', 9);
  const attempts: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await listSellerCalls(database.db, { sellerId: 'S2', orderId: 'C-2' }, { cursor, limit: 2 });
    attempts.push(...page.items.map((call) => call.attempt));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(attempts).toEqual([7, 6, 5, 4, 3, 2, 1]);
  expect((await listSellerCalls(database.db, { sellerId: 'S2' })).items).toHaveLength(8);
});
