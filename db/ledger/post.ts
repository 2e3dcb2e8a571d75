import { and, eq, ne, sql } from 'drizzle-orm';
import { isFiveDayRefund, refundOf, saleOf, type SoldLine } from '../../domain/ledger/from-view';
import { transactionEntry } from '../../domain/ledger/journal';
import type { Transaction } from '../../domain/ledger/transaction';
import type { LineView } from '../../domain/order-line';
import type { Database } from '../connect';
import { writeEntries } from './journal';
import { transactions } from './schema';

/** A line with a view of it, to be posted. */
export interface Posting extends SoldLine {
  view: LineView;
}

/**
 * Writes into the ledger what views tell of their lines: each sale and each refund once, whichever views were missed
 * before. To be called in the transaction that keeps the views, under the locks of their lines.
 */
export async function postViews(tx: Database, postings: readonly Posting[]): Promise<void> {
  const sold = postings.flatMap((posting) => {
    const sale = saleOf(posting, posting.view);
    return sale ? [{ posting, sale }] : [];
  });
  const fresh = await insert(
    tx,
    sold.map(({ sale }) => sale),
  );
  for (const { posting, sale } of sold) {
    if (sale.fiveDaysUntil !== null && !fresh.has(sale.key)) await followFiveDays(tx, sale);
    const refund = refundOf(posting, posting.view);
    if (refund) await postRefund(tx, posting, sale, refund);
  }
}

/** The keys of those that were not there before. */
async function insert(tx: Database, rows: readonly Transaction[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const { key } = transactions;
  const made = await tx
    .insert(transactions)
    .values([...rows])
    .onConflictDoNothing()
    .returning({ key });
  const fresh = new Set(made.map((row) => row.key));
  await writeEntries(tx, rows.filter((row) => fresh.has(row.key)).map(transactionEntry));
  return fresh;
}

/** A sale whose refund is asked for in the five days is in no bill until that is decided. */
async function followFiveDays(tx: Database, { key, unsubscribing }: Transaction): Promise<void> {
  await tx
    .update(transactions)
    .set({ unsubscribing })
    .where(and(eq(transactions.key, key), ne(transactions.unsubscribing, unsubscribing)));
}

/**
 * A refund in the five days voids its sale, and itself with it. When the sale is in a bill already, as the view came
 * too late, the refund is deducted in the next one like any other.
 */
async function postRefund(tx: Database, posting: Posting, sale: Transaction, refund: Transaction) {
  const { view } = posting;
  if (isFiveDayRefund(posting, view) && (await voidSale(tx, sale))) {
    await insert(tx, [{ ...refund, billingState: 'VOID' }]);
    return;
  }
  const parted = refundOf(posting, view, await refundedBefore(tx, refund));
  if (parted) await insert(tx, [parted]);
}

async function voidSale(tx: Database, sale: Transaction): Promise<boolean> {
  const { key, billingState } = transactions;
  const voided = await tx
    .update(transactions)
    .set({ billingState: 'VOID' })
    .where(and(eq(key, sale.key), eq(billingState, 'PENDING')))
    .returning({ key });
  return voided.length > 0;
}

/** What other refunds of the line have given back, in minor units. */
async function refundedBefore(tx: Database, refund: Transaction): Promise<number> {
  const { orderId, orderLineId, kind, grossMinor, key } = transactions;
  const ofLine = and(eq(orderId, refund.orderId), eq(orderLineId, refund.orderLineId));
  const [before] = await tx
    .select({ minor: sql`coalesce(-sum(${grossMinor}), 0)`.mapWith(Number) })
    .from(transactions)
    .where(and(ofLine, eq(kind, 'REFUND'), ne(key, refund.key)));
  return before?.minor ?? 0;
}
