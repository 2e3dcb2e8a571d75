import { eq } from 'drizzle-orm';
import { createQuotaActivities } from '../../activities/quota';
import type { OpenDatabase } from '../../db/connect';
import { unsubscriptionQuotas, unsubscriptionsTaken } from '../../db/schema';
import { unsubscriptionQuota } from '../../db/unsubscription-quota';
import { openTestDatabase } from '../support/database';
import { rivals } from './rivals';

/** Ten lines of a buyer in a calendar year, however many ask, and however often (domain.md 3.1). */

const AT = Date.parse('2026-11-23T10:00:00+08:00');

let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const take = async (buyerId: string, line: number, at = AT) => {
  const { takeUnsubscription } = createQuotaActivities({ quota: unsubscriptionQuota(database.db) });
  const orderId = `${buyerId}-O${line}`;
  const { taken } = await takeUnsubscription({ orderId, orderLineId: `${orderId}-000001`, buyerId, at });
  return taken;
};
const takeMany = async (buyerId: string, lines: number[], at = AT) => {
  const taken: boolean[] = [];
  for (const line of lines) taken.push(await take(buyerId, line, at));
  return taken;
};
const count = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);
const used = async (buyerId: string) =>
  database.db
    .select({ year: unsubscriptionQuotas.year, used: unsubscriptionQuotas.used })
    .from(unsubscriptionQuotas)
    .where(eq(unsubscriptionQuotas.buyerId, buyerId));
const linesOf = async (buyerId: string) =>
  database.db.select().from(unsubscriptionsTaken).where(eq(unsubscriptionsTaken.buyerId, buyerId));

test('ten are taken, the eleventh is not, and another buyer has ten of its own', async () => {
  expect(await takeMany('B-1', count(1, 11))).toEqual([...Array<boolean>(10).fill(true), false]);
  expect(await linesOf('B-1')).toHaveLength(10);
  expect(await take('B-2', 1)).toBe(true);
});

test('a repetition answers as before and takes no other', async () => {
  await takeMany('B-3', count(1, 10));
  expect(await takeMany('B-3', [1, 10, 11, 11])).toEqual([true, true, false, false]);
  expect(await used('B-3')).toEqual([{ year: 2026, used: 10 }]);
});

test('the year is that of Shanghai, and a line keeps the one that it has', async () => {
  const last = Date.parse('2026-12-31T23:59:59.999+08:00');
  expect(await takeMany('B-4', count(1, 10), last)).not.toContain(false);
  expect(await take('B-4', 11, last)).toBe(false);
  expect(await take('B-4', 11, last + 1)).toBe(true);
  expect(await take('B-4', 1, last + 1)).toBe(true);
  expect(await used('B-4')).toEqual([
    { year: 2026, used: 10 },
    { year: 2027, used: 1 },
  ]);
});

test('of fifty lines at once that want the last one, one gets it', async () => {
  await takeMany('B-5', count(1, 9));
  const taken = await Promise.all(count(10, 59).map((line) => take('B-5', line)));
  expect(taken.filter(Boolean)).toHaveLength(1);
  expect(await used('B-5')).toEqual([{ year: 2026, used: 10 }]);
  expect(await linesOf('B-5')).toHaveLength(10);
});

test('of eight that wait for the same row, with one left, one gets it', async () => {
  await takeMany('B-8', count(1, 9));
  const taken = await rivals(
    database,
    (tx) => tx.update(unsubscriptionQuotas).set({ used: 9 }).where(eq(unsubscriptionQuotas.buyerId, 'B-8')),
    () => count(10, 17).map((line) => take('B-8', line)),
  );
  expect(taken.filter(Boolean)).toHaveLength(1);
  expect(await used('B-8')).toEqual([{ year: 2026, used: 10 }]);
});

test('of fifty lines at once ten get one when the year has just begun', async () => {
  const taken = await Promise.all(count(1, 50).map((line) => take('B-6', line)));
  expect(taken.filter(Boolean)).toHaveLength(10);
  expect(await used('B-6')).toEqual([{ year: 2026, used: 10 }]);
  expect(await linesOf('B-6')).toHaveLength(10);
});

test('one line that asks fifty times at once takes one', async () => {
  const taken = await Promise.all(count(1, 50).map(() => take('B-7', 1)));
  expect(taken).not.toContain(false);
  expect(await used('B-7')).toEqual([{ year: 2026, used: 1 }]);
});
