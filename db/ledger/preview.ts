import { and, asc, count, countDistinct, eq, sql } from 'drizzle-orm';
import { cutOffOf } from '../../domain/ledger/account-period';
import type { RunKey, RunPreview } from '../../domain/ledger/bill';
import type { Database } from '../connect';
import { isCarried, isDue, keptBack } from './due';
import { listedTransactions } from './listed';
import { partsOf } from './mark-due';
import { runOf } from './runs';
import { bills, transactions } from './schema';

/** What a run would bill now, and what it would keep back; writes nothing. One that was opened keeps its cut-off. */
export async function previewRun(db: Database, run: RunKey): Promise<RunPreview> {
  const { site, billingState, currency } = listedTransactions;
  const kept = await runOf(db, run);
  const cutOff = kept?.cutOff ?? cutOffOf(run.period);
  const reason = keptBack(listedTransactions, cutOff);
  const found = await db
    .select({ reason, currency, transactions: count(), ...partsOf(listedTransactions) })
    .from(listedTransactions)
    .where(and(eq(site, run.site), sql`${billingState} = 'PENDING'`))
    .groupBy(sql`1`, currency)
    .orderBy(sql`1`, asc(currency));
  return {
    closed: kept?.closedAt != null,
    sellers: await sellersOf(db, run, cutOff),
    due: found.flatMap(({ reason: why, ...totals }) => (why === null ? totals : [])),
    keptBack: found.flatMap(({ reason: why, ...totals }) => (why === null ? [] : { reason: why, ...totals })),
  };
}

async function sellersOf(db: Database, run: RunKey, cutOff: number): Promise<number> {
  const carried = db.select({ sellerId: bills.sellerId }).from(bills).where(isCarried(run));
  const billed = db
    .select({ sellerId: transactions.sellerId })
    .from(transactions)
    .where(isDue(run.site, cutOff))
    .union(carried)
    .as('billed');
  const [found] = await db.select({ sellers: countDistinct(billed.sellerId) }).from(billed);
  return found?.sellers ?? 0;
}
