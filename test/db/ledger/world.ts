import assert from 'node:assert/strict';
import { and, asc, eq } from 'drizzle-orm';
import type { Database, OpenDatabase } from '../../../db/connect';
import { getCertification } from '../../../db/certification/certifications';
import { checkLedger } from '../../../db/ledger/check';
import { billingRuns } from '../../../db/ledger/billing-runs';
import { bills, journalEntries, journalPostings, transactions } from '../../../db/ledger/schema';
import { registerOrder } from '../../../db/orders';
import { viewStore } from '../../../db/views';
import type { RunClosed, RunKey } from '../../../domain/ledger/bill';
import type { LineView, OrderLine, Unsubscription } from '../../../domain/order-line';
import { certify } from '../../support/certified';
import { testKeys } from '../../support/database';
import { logEntry, sampleOrder, sampleView } from '../samples';

/** Moments of 2026 in Shanghai: `at('10-31T23:59:59.999')`. */
export const at = (moment: string) => Date.parse(`2026-${moment}+08:00`);

/** What differs from a paid order line of 100.00 CNY at a fee of 2.5 %, bought once and for all, of a certified seller. */
export type Sold = Partial<OrderLine> & { credit?: boolean; certified?: boolean };

/** Registers an order of one line, as the platform places it. */
export async function sell(db: Database, orderId: string, sold: Sold = {}): Promise<void> {
  const { credit, certified = true, ...line } = sold;
  const registration = sampleOrder(orderId);
  const { body, starts } = registration;
  if (credit) body.buyer.credit = true;
  body.site = line.site ?? 'china';
  const seller = { sellerId: line.sellerId ?? 'S1', site: body.site };
  if (certified && !(await getCertification(db, seller))) await certify(db, seller);
  const amount = { currency: 'CNY', minor: 10_000 };
  const changed = starts.map((start) => ({ ...start, line: { ...start.line, amount, ...line } }));
  await registerOrder(db, testKeys, { ...registration, starts: changed });
}

export const lineIdOf = (orderId: string) => `${orderId}-000001`;

/** The view of a line that was completed then. */
export function completedView(completedAt: number, change: Partial<LineView> = {}): LineView {
  return {
    ...sampleView(5),
    ...{ status: 'COMPLETED', node: 'ENDED', waitingFor: 'nobody', allowed: [], dueAt: null },
    completion: { completedAt, validFrom: completedAt, validUntil: null },
    fiveDaysUntil: null,
    log: [{ ...logEntry(1, 'Accepted.'), at: completedAt, from: 'ACCEPTING', to: 'ENDED' }],
    ...change,
  };
}

/** The view of a completed line of which this much was refunded then. */
export function refundedView(before: LineView, orderId: string, minor: number, refundedAt: number): LineView {
  const unsubscription = unsubscriptionOf(orderId, minor, 'REFUNDED');
  const back = { ...logEntry(2, 'Taken.'), at: refundedAt, from: 'REFUNDING' as const, to: 'ENDED' as const };
  const log = [...before.log, back];
  return {
    ...before,
    revision: before.revision + 2,
    status: 'UNSUBSCRIBED',
    node: 'ENDED',
    unsubscription,
    log,
  };
}

export function unsubscriptionOf(
  orderId: string,
  minor: number,
  status: Unsubscription['status'],
): Unsubscription {
  const amount = { currency: 'CNY', minor };
  return { id: `${lineIdOf(orderId)}-U1`, status, amount, reason: 'Not as described.' };
}

export function publish(db: Database, orderId: string, view: LineView): Promise<void> {
  return viewStore(db).save(orderId, lineIdOf(orderId), view);
}

/** Sells a line and completes it. */
export async function complete(
  db: Database,
  orderId: string,
  completedAt: number,
  sold: Sold = {},
): Promise<LineView> {
  await sell(db, orderId, sold);
  const view = completedView(completedAt);
  await publish(db, orderId, view);
  return view;
}

/** A whole run, a page at a time. */
export async function run(db: Database, key: RunKey, limit = 100): Promise<RunClosed> {
  const runs = billingRuns(db);
  await runs.open(key);
  let after: string | null = null;
  for (let done = false; !done;) {
    const page = await runs.billSellers(key, { after, limit });
    after = page.last;
    done = page.done;
  }
  return runs.close(key);
}

export const transactionsOf = (db: Database, sellerId: string) =>
  db.select().from(transactions).where(eq(transactions.sellerId, sellerId)).orderBy(asc(transactions.key));

export const billsOf = (db: Database, sellerId: string) =>
  db.select().from(bills).where(eq(bills.sellerId, sellerId)).orderBy(asc(bills.period), asc(bills.id));

/** What the journal says of something, by account. */
export async function entryOf(db: Database, key: string): Promise<Record<string, number>> {
  const { account, amountMinor, entryId } = journalPostings;
  const rows = await db
    .select({ account, amountMinor })
    .from(journalPostings)
    .innerJoin(journalEntries, eq(journalEntries.id, entryId))
    .where(and(eq(journalEntries.key, key)));
  return Object.fromEntries(rows.map((row) => [row.account, row.amountMinor]));
}

/** All that the ledger holds: to see that something has changed nothing. */
export async function everything({ db }: OpenDatabase) {
  return {
    transactions: await db.select().from(transactions).orderBy(asc(transactions.key)),
    bills: await db.select().from(bills).orderBy(asc(bills.id)),
    entries: await db.select().from(journalEntries).orderBy(asc(journalEntries.id)),
    postings: await db
      .select()
      .from(journalPostings)
      .orderBy(asc(journalPostings.entryId), asc(journalPostings.account)),
  };
}

/** The end of a test: its ledger must be clean. */
export async function closeClean({ db, close }: OpenDatabase): Promise<void> {
  const findings = await checkLedger(db);
  await close();
  assert.deepEqual(findings, []);
}
