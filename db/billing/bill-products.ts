import { and, asc, count, desc, eq } from 'drizzle-orm';
import type { TransactionTotals } from '../../domain/ledger/bill';
import type { Database } from '../connect';
import { partsOf } from '../ledger/mark-due';
import { transactions } from '../ledger/schema';
import { products } from '../schema';

/** What of a bill is of one product; its name as it is now, null when it is not registered. */
export type BillProduct = TransactionTotals & { productId: string; productName: string | null };

/** What a bill is made of, by product: those that were sold for most first, at most `limit`. */
export function billProducts(db: Database, billId: string, limit: number): Promise<BillProduct[]> {
  const { productId, sellerId, currency } = transactions;
  const parts = partsOf(transactions);
  return db
    .select({ productId, productName: products.name, currency, transactions: count(), ...parts })
    .from(transactions)
    .leftJoin(products, and(eq(products.sellerId, sellerId), eq(products.id, productId)))
    .where(eq(transactions.billId, billId))
    .groupBy(productId, products.name, currency)
    .orderBy(desc(parts.grossMinor), asc(productId))
    .limit(limit);
}
