import { and, eq, lt, sql } from 'drizzle-orm';
import { quotaYear, UNSUBSCRIPTIONS_A_YEAR } from '../domain/five-days';
import type { Database } from './connect';
import type { LineKey } from './order-lines';
import { unsubscriptionQuotas, unsubscriptionsTaken } from './schema';

/**
 * Counts the unsubscriptions without reason of each buyer and calendar year (domain.md 3.1): an
 * `UnsubscriptionQuota`. What was taken is never given back.
 */
export function unsubscriptionQuota(db: Database) {
  return {
    take: (line: LineKey & { buyerId: string; at: number }): Promise<boolean> =>
      db.transaction((tx) => take(tx, line)),
  };
}

/** The line's own row comes first: of two attempts for one line the second waits for the outcome of the first. */
async function take(
  tx: Database,
  { orderId, orderLineId, buyerId, at }: LineKey & { buyerId: string; at: number },
): Promise<boolean> {
  const year = quotaYear(at);
  const line = await tx
    .insert(unsubscriptionsTaken)
    .values({ orderId, orderLineId, buyerId, year, createdAt: at })
    .onConflictDoNothing()
    .returning({ orderLineId: unsubscriptionsTaken.orderLineId });
  if (line.length === 0) return true;

  const { used } = unsubscriptionQuotas;
  const counted = await tx
    .insert(unsubscriptionQuotas)
    .values({ buyerId, year, used: 1 })
    .onConflictDoUpdate({
      target: [unsubscriptionQuotas.buyerId, unsubscriptionQuotas.year],
      set: { used: sql`${used} + 1` },
      setWhere: lt(used, UNSUBSCRIPTIONS_A_YEAR),
    })
    .returning({ used });
  if (counted.length > 0) return true;
  const { orderId: orders, orderLineId: lines } = unsubscriptionsTaken;
  await tx.delete(unsubscriptionsTaken).where(and(eq(orders, orderId), eq(lines, orderLineId)));
  return false;
}
