import { asc, eq } from 'drizzle-orm';
import { StewardError } from '../../domain/errors';
import { repaymentEntry } from '../../domain/ledger/journal';
import { iso } from '../../domain/time';
import type { Database } from '../connect';
import { orderLines } from '../schema';
import { writeEntries } from './journal';
import { transactions } from './schema';

/**
 * Notes that the buyer of an order on credit has repaid it, once: from then on its transactions can be billed, also
 * those of lines that are completed later. The same again changes nothing.
 *
 * @param at epoch milliseconds
 * @throws `NOT_FOUND`, `NOT_ON_CREDIT`, or `REPAID_BEFORE` at another time
 */
export function recordRepayment(db: Database, orderId: string, at: number): Promise<void> {
  return db.transaction(async (tx) => {
    // The locks let views of the lines in before or after, never between.
    const lines = await tx
      .select({
        orderLineId: orderLines.id,
        sellerId: orderLines.sellerId,
        currency: orderLines.amountCurrency,
        credit: orderLines.credit,
        repaidAt: orderLines.repaidAt,
      })
      .from(orderLines)
      .where(eq(orderLines.orderId, orderId))
      .orderBy(asc(orderLines.id))
      .for('update');
    const [first] = lines;
    if (!first) throw new StewardError('NOT_FOUND', { what: 'order', id: orderId });
    if (!first.credit) throw new StewardError('NOT_ON_CREDIT', { orderId });
    if (first.repaidAt === at) return;
    if (first.repaidAt !== null)
      throw new StewardError('REPAID_BEFORE', { orderId, at: iso(first.repaidAt) });

    const { orderLineId, grossMinor, key } = transactions;
    const ofOrder = eq(transactions.orderId, orderId);
    const posted = await tx
      .select({ orderLineId, grossMinor })
      .from(transactions)
      .where(ofOrder)
      .orderBy(asc(key))
      .for('update');
    await tx.update(orderLines).set({ repaidAt: at }).where(eq(orderLines.orderId, orderId));
    await tx.update(transactions).set({ repaidAt: at }).where(ofOrder);
    const entries = lines.map((line) => {
      const ofLine = posted.filter((transaction) => transaction.orderLineId === line.orderLineId);
      return repaymentEntry(
        line,
        ofLine.reduce((sum, transaction) => sum + transaction.grossMinor, 0),
      );
    });
    await writeEntries(tx, entries);
  });
}
