import { count } from 'drizzle-orm';
import type { OpenDatabase } from '../../../db/connect';
import { exportedPages, findExport, makeExport, sweepExports } from '../../../db/exports/exports';
import { transactionExportPages } from '../../../db/exports/schema';
import { transactions } from '../../../db/ledger/schema';
import type { ListedTransaction } from '../../../domain/ledger/listed-transaction';
import { EXPORT_KEPT, EXPORTS_KEPT } from '../../../domain/ledger/transaction-export';
import type { Party } from '../../../domain/parties';
import { openTestDatabase } from '../../support/database';
import { at, complete, completedView, publish, refundedView, run, sell } from '../ledger/world';

/** Exports: transactions as they were at one moment, for three days. */

let database: OpenDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

const NOW = at('11-10T10:00:00');
const SELLER: Party = { role: 'seller', sub: 'S1' };
const ALL = { format: 'csv', filter: {} } as const;

async function contentOf(made: Parameters<typeof exportedPages>[1]): Promise<ListedTransaction[]> {
  const all: ListedTransaction[] = [];
  for await (const page of exportedPages(database.db, made)) all.push(...page);
  return all;
}

test('an export stays as it was, whatever is sold, completed, refunded and billed afterwards', async () => {
  const { db } = database;
  const view = await complete(db, 'E-1', at('10-05T10:00:00'));
  await sell(db, 'E-2');
  const made = await makeExport(db, SELLER, ALL, NOW);
  expect(made).toMatchObject({ format: 'csv', transactions: 2, pages: 1, createdAt: NOW });
  const before = await contentOf(made);
  expect(before).toMatchObject([
    { orderId: 'E-2', keptBack: 'SUPERVISION_NOT_FINISHED' },
    { orderId: 'E-1', keptBack: 'BILLING_DATE_NOT_REACHED' },
  ]);
  await complete(db, 'E-3', at('10-06T10:00:00'));
  await publish(db, 'E-2', completedView(at('10-06T10:00:00')));
  await publish(db, 'E-1', refundedView(view, 'E-1', 100, at('10-20T10:00:00')));
  await run(db, { site: 'china', period: '202610' });
  expect(await contentOf(await findExport(db, SELLER, made.id, NOW))).toEqual(before);
});

test('an export is found by whoever had it made, to the end of the third day', async () => {
  const { db } = database;
  const { id } = await makeExport(db, SELLER, ALL, NOW);
  const found = { id, createdAt: NOW };
  expect(await findExport(db, SELLER, id, NOW + EXPORT_KEPT - 1)).toMatchObject(found);
  const late = { code: 'EXPORT_EXPIRED', status: 410, params: { at: '2026-11-13T10:00:00.000+08:00' } };
  await expect(findExport(db, SELLER, id, NOW + EXPORT_KEPT)).rejects.toMatchObject(late);
  await expect(findExport(db, SELLER, id, NOW + EXPORT_KEPT + 1)).rejects.toMatchObject(late);
  for (const other of [
    { role: 'seller', sub: 'S2' },
    { role: 'operator', sub: 'S1' },
  ] as const) {
    await expect(findExport(db, other, id, NOW)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(findExport(db, other, id, NOW + EXPORT_KEPT)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }
});

test('what has expired is swept and says so still; what has not is left', async () => {
  const { db } = database;
  await complete(db, 'E-4', at('10-05T10:00:00'));
  const old = await makeExport(db, SELLER, ALL, NOW);
  const young = await makeExport(db, SELLER, ALL, NOW + 1);
  expect(await sweepExports(db, NOW + EXPORT_KEPT - 1)).toBe(0);
  expect(await sweepExports(db, NOW + EXPORT_KEPT)).toBe(1);
  await expect(findExport(db, SELLER, old.id, NOW + EXPORT_KEPT)).rejects.toMatchObject({
    code: 'EXPORT_EXPIRED',
  });
  expect(await contentOf(await findExport(db, SELLER, young.id, NOW + EXPORT_KEPT))).toHaveLength(1);
});

test('an export that is swept while it is read ends with an error, not as if that were all', async () => {
  const { db } = database;
  await complete(db, 'E-5', at('10-05T10:00:00'));
  const made = await makeExport(db, SELLER, ALL, NOW);
  await sweepExports(db, NOW + EXPORT_KEPT);
  await expect(contentOf(made)).rejects.toMatchObject({ code: 'EXPORT_EXPIRED' });
});

test('a party has so many at a time, the next when the first expires', async () => {
  const { db } = database;
  for (let n = 0; n < EXPORTS_KEPT; n += 1) await makeExport(db, SELLER, ALL, NOW + n);
  await expect(makeExport(db, SELLER, ALL, NOW + EXPORT_KEPT - 1)).rejects.toMatchObject({
    code: 'TOO_MANY_EXPORTS',
    status: 429,
    params: { n: EXPORTS_KEPT, at: '2026-11-13T10:00:00.000+08:00' },
  });
  await makeExport(db, { ...SELLER, sub: 'S2' }, ALL, NOW);
  await makeExport(db, SELLER, ALL, NOW + EXPORT_KEPT);
});

describe('20,000 transactions', () => {
  const N = 20_000;
  beforeEach(async () => {
    const { db } = database;
    await complete(db, 'M-1', at('10-05T10:00:00'), { sellerId: 'M' });
    const [one] = await db.select().from(transactions);
    for (let page = 0; page < N / 2_000; page += 1) {
      const rows = Array.from({ length: 2_000 }, (_, n) => {
        const orderId = `M-1-${page}-${n}`;
        return { ...one!, key: `sale/${orderId}`, orderId, orderLineId: orderId };
      });
      await db.insert(transactions).values(rows);
    }
  });

  test('are all exported once, in the order of lists, a page of a thousand at a time', async () => {
    const { db } = database;
    const made = await makeExport(db, SELLER, { format: 'xlsx', filter: { sellerId: 'M' } }, NOW);
    expect(made).toMatchObject({ transactions: N + 1, pages: N / 1_000 + 1 });
    expect(await db.select({ n: count() }).from(transactionExportPages)).toEqual([{ n: made.pages }]);
    const seen = new Set<string>();
    for await (const page of exportedPages(db, made)) {
      expect(page.length).toBeLessThanOrEqual(1_000);
      for (const { transactionId } of page) seen.add(transactionId);
    }
    expect(seen.size).toBe(N + 1);
  });
});
