import { and, asc, count, countDistinct, eq, isNull, lt, sql, sum, type Column } from 'drizzle-orm';
import { StewardError } from '../../domain/errors';
import { cutOffOf } from '../../domain/ledger/account-period';
import type { RunClosed, RunKey, RunOpened, RunOrder } from '../../domain/ledger/bill';
import type { Database } from '../connect';
import { postUnseen } from './catch-up';
import { isCarried, isDue } from './due';
import { bills, settlementRuns, settlementSellers, transactions } from './schema';

/**
 * Fixes a run, once: its cut-off, and the sellers who get a bill, for what is due or for what their bill before
 * carried over. Before that the ledger sees what it has missed.
 *
 * @throws `EARLIER_RUN_OPEN`
 */
export async function openRun(db: Database, { asOf, ...run }: RunOrder): Promise<RunOpened> {
  await postUnseen(db);
  return db.transaction(async (tx) => {
    // Two periods that are opened at once must see each other.
    await tx.execute(sql`lock table ${settlementRuns} in share row exclusive mode`);
    const cutOff = Math.min(asOf ?? Infinity, cutOffOf(run.period));
    const made = await tx
      .insert(settlementRuns)
      .values({ ...run, cutOff, openedAt: Date.now() })
      .onConflictDoNothing()
      .returning({ period: settlementRuns.period });
    if (made.length > 0) {
      await refuseWhileOpen(tx, run);
      await findSellers(tx, run, cutOff);
    }
    const [found] = await tx
      .select({ sellers: count(), transactions: total(settlementSellers.transactions) })
      .from(settlementSellers)
      .where(ofRun(settlementSellers, run));
    const kept = await runOf(tx, run);
    return {
      cutOff: kept?.cutOff ?? cutOff,
      sellers: found?.sellers ?? 0,
      transactions: found?.transactions ?? 0,
      closed: kept?.closedAt != null,
    };
  });
}

async function refuseWhileOpen(tx: Database, { site, period }: RunKey): Promise<void> {
  const { site: its, period: earlier, closedAt } = settlementRuns;
  const [open] = await tx
    .select({ earlier })
    .from(settlementRuns)
    .where(and(eq(its, site), lt(earlier, period), isNull(closedAt)))
    .orderBy(asc(earlier))
    .limit(1);
  if (open) throw new StewardError('EARLIER_RUN_OPEN', { site, period, earlier: open.earlier });
}

async function findSellers(tx: Database, { site, period }: RunKey, cutOff: number): Promise<void> {
  await tx.execute(sql`
    insert into ${settlementSellers} (site, period, seller_id, transactions)
    select ${site}, ${period}, seller_id, sum(n)
    from (
      select seller_id, count(*) as n from ${transactions} where ${isDue(site, cutOff)} group by seller_id
      union all
      select seller_id, 0 from ${bills} where ${isCarried({ site, period })}
    ) as found
    group by seller_id`);
}

/**
 * Ends a run, and sums up what it has billed.
 *
 * @throws `RUN_NOT_OPEN`; `RUN_NOT_BILLED` while there are sellers to bill
 */
export async function closeRun(db: Database, run: RunKey): Promise<RunClosed> {
  return db.transaction(async (tx) => {
    const kept = await runOf(tx, run, true);
    if (!kept) throw new StewardError('RUN_NOT_OPEN', { ...run });
    const [open] = await tx
      .select({ sellers: count() })
      .from(settlementSellers)
      .where(and(ofRun(settlementSellers, run), isNull(settlementSellers.billedAt)));
    if (open && open.sellers > 0) throw new StewardError('RUN_NOT_BILLED', { ...run, sellers: open.sellers });
    if (kept.closedAt === null) {
      await tx.update(settlementRuns).set({ closedAt: Date.now() }).where(ofRun(settlementRuns, run));
    }
    return sumUp(tx, run);
  });
}

async function sumUp(tx: Database, run: RunKey): Promise<RunClosed> {
  const { variant, currency } = bills;
  const all = ofRun(bills, run);
  const totals = await tx
    .select({
      variant,
      currency,
      bills: count(),
      transactions: total(bills.transactions),
      grossMinor: total(bills.grossMinor),
      refundsMinor: total(bills.refundsMinor),
      feeMinor: total(bills.feeMinor),
      netMinor: total(bills.netMinor),
      carriedInMinor: total(bills.carriedInMinor),
      depositUsedMinor: total(bills.depositUsedMinor),
      owedMinor: total(bills.owedMinor),
      payableMinor: total(bills.payableMinor),
      carriedOutMinor: total(bills.carriedOutMinor),
    })
    .from(bills)
    .where(all)
    .groupBy(variant, currency)
    .orderBy(asc(variant), asc(currency));
  const [found] = await tx
    .select({ sellers: countDistinct(bills.sellerId) })
    .from(bills)
    .where(all);
  const transactions = totals.reduce((n, of) => n + of.transactions, 0);
  return { sellers: found?.sellers ?? 0, transactions, totals };
}

/** A sum as a number; zero of nothing. */
const total = (column: Column) => sql`coalesce(${sum(column)}, 0)`.mapWith(Number);

/** A run as it is kept; undefined when it was never opened. */
export async function runOf(tx: Database, run: RunKey, lock = false) {
  const select = tx.select().from(settlementRuns).where(ofRun(settlementRuns, run));
  const [kept] = await (lock ? select.for('update') : select);
  return kept;
}

/** What belongs to a run, in any of its tables. */
export function ofRun(
  { site, period }: typeof settlementRuns | typeof settlementSellers | typeof bills,
  run: RunKey,
) {
  return and(eq(site, run.site), eq(period, run.period));
}
