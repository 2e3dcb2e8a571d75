import { and, asc, count, eq, inArray, sql, sum, type Column } from 'drizzle-orm';
import type { RunKey } from '../../domain/ledger/bill';
import type { BillSums } from '../../domain/ledger/draw-bills';
import type { Database } from '../connect';
import { billIdOf } from './bill-id';
import { isDue } from './due';
import { transactions } from './schema';

/** How many transactions one statement marks: far from the time limit of a statement. */
const AT_ONCE = 10_000;

/**
 * Puts what is due of some sellers into their bills of the run, and sums it up: in one step, so that a bill is made of
 * exactly what was marked. Rows are locked in the order of their keys, as `recordRepayment` does.
 */
export async function markDue(
  tx: Database,
  run: RunKey,
  cutOff: number,
  sellerIds: string[],
): Promise<BillSums[]> {
  const sums: BillSums[] = [];
  for (;;) {
    const some = await markSome(tx, run, cutOff, sellerIds);
    if (some.length === 0) return sums;
    sums.push(...some);
  }
}

function markSome(tx: Database, { site, period }: RunKey, cutOff: number, sellerIds: string[]) {
  const { key, sellerId, variant, currency, kind, grossMinor, feeMinor, netMinor } = transactions;
  const due = tx.$with('due').as(
    tx
      .select({ key })
      .from(transactions)
      .where(and(isDue(site, cutOff), inArray(sellerId, sellerIds)))
      .orderBy(asc(key))
      .limit(AT_ONCE)
      .for('update'),
  );
  const marked = tx.$with('marked').as(
    tx
      .update(transactions)
      .set({ billingState: 'BILLED', billId: billIdOf(transactions, period) })
      .from(due)
      .where(eq(key, due.key))
      .returning({ sellerId, variant, currency, kind, grossMinor, feeMinor, netMinor }),
  );
  return tx
    .with(due, marked)
    .select({
      sellerId: marked.sellerId,
      variant: marked.variant,
      currency: marked.currency,
      ...{ transactions: count(), ...partsOf(marked), carriedInMinor: sql`0`.mapWith(Number) },
    })
    .from(marked)
    .groupBy(marked.sellerId, marked.variant, marked.currency);
}

/** The sums of transactions, refunds apart. */
export function partsOf(of: Record<'kind' | 'grossMinor' | 'feeMinor' | 'netMinor', Column>) {
  const gross = (kind: 'SALE' | 'REFUND') =>
    sql`coalesce(sum(${of.grossMinor}) filter (where ${of.kind} = ${sql.raw(`'${kind}'`)}), 0)`.mapWith(
      Number,
    );
  return {
    grossMinor: gross('SALE'),
    refundsMinor: gross('REFUND'),
    feeMinor: sql`${sum(of.feeMinor)}`.mapWith(Number),
    netMinor: sql`${sum(of.netMinor)}`.mapWith(Number),
  };
}
