import { and, desc, getViewSelectedFields, gte, lt, lte, sql, type SQL } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import type { Page } from '../../domain/answers';
import type { ListedTransaction, TransactionFilter } from '../../domain/ledger/listed-transaction';
import type { KeptBack } from '../../domain/ledger/transaction';
import { iso } from '../../domain/time';
import type { Database } from '../connect';
import { equals } from '../equals';
import { pageOf, positionOf, rowsToRead, type PageRequest } from '../pages';
import { products, sellers } from '../schema';
import { keptBack } from './due';
import { openTransactions, postedTransactions } from './listed';

/** A transaction as SQL has it, with names, and the reason why it is not billed yet. */
type Row = typeof postedTransactions.$inferSelect & {
  sellerName: string | null;
  productName: string | null;
  keptBack: KeptBack | null;
};

/** The views that are alike: `listed.ts`. */
type Source = typeof postedTransactions;

/** Where a transaction stands in the order of lists. */
export interface TransactionPosition {
  orderedAt: number;
  key: string;
}

/**
 * Transactions, those of the newest orders first. A line keeps its place when it is completed, so that pages neither
 * repeat nor leave out what was there when the first was read.
 *
 * @param now epoch milliseconds of the moment that the reasons are told for
 */
export async function listTransactions(
  db: Database,
  filter: TransactionFilter,
  page: PageRequest = {},
  now = Date.now(),
): Promise<Page<ListedTransaction>> {
  const rows = await readTransactions(db, filter, {
    after: page.cursor === undefined ? undefined : positionIn(page.cursor),
    limit: rowsToRead(page),
    now,
  });
  const { items, nextCursor } = pageOf(rows, page, ({ orderedAt, key }) => [orderedAt, key]);
  return { items: items.map(shown), nextCursor };
}

/** At most `limit` rows after a position, in the order of lists. */
export function readTransactions(db: Database, filter: TransactionFilter, page: RowPage): Promise<Row[]> {
  // Each part is sorted by its own index: PostgreSQL does not look through a union for that.
  return unionAll(part(db, postedTransactions, filter, page), part(db, openTransactions, filter, page))
    .orderBy(({ orderedAt, key }) => [desc(orderedAt), desc(key)])
    .limit(page.limit);
}

/** What `readTransactions` reads; `now` is the moment that the reasons are told for. */
interface RowPage {
  after: TransactionPosition | undefined;
  limit: number;
  now: number;
}

function part(db: Database, source: Source, filter: TransactionFilter, { after, limit, now }: RowPage) {
  const { orderedAt, key } = source;
  const reason = keptBackNow(source, now);
  return db
    .select({ ...getViewSelectedFields(source), ...namesOf(source), keptBack: reason.as('kept_back') })
    .from(source)
    .where(and(...matches(source, filter, reason), after && isAfter(source, after)))
    .orderBy(desc(orderedAt), desc(key))
    .limit(limit);
}

/** Looked up for the rows of a page only. */
function namesOf(source: Source) {
  const sellerName = sql<string | null>`(
    select seller.name from ${sellers} as seller where seller.id = ${source}.seller_id)`;
  const productName = sql<string | null>`(
    select product.name from ${products} as product
    where product.seller_id = ${source}.seller_id and product.id = ${source}.product_id)`;
  return { sellerName: sellerName.as('seller_name'), productName: productName.as('product_name') };
}

/** The moment alone is said, too: in open lines the key is made, and in no index. */
function isAfter(
  { orderedAt, key }: Source,
  { orderedAt: at, key: id }: TransactionPosition,
): SQL | undefined {
  return and(lte(orderedAt, at), sql`(${orderedAt}, ${key}) < (${sql.param(at, orderedAt)}, ${id})`);
}

/** What is due waits for the billing date of the next run, as what was completed since the last one does. */
function keptBackNow(source: Source, now: number): SQL<KeptBack | null> {
  return sql`case when ${source.billingState} = 'PENDING'
    then coalesce(${keptBack(source, now)}, 'BILLING_DATE_NOT_REACHED') end`;
}

function matches(source: Source, filter: TransactionFilter, reason: SQL): (SQL | undefined)[] {
  const { completedFrom, completedBefore } = filter;
  return [
    equals(source.sellerId, filter.sellerId),
    equals(source.orderId, filter.orderId),
    equals(source.accountPeriod, filter.period),
    equals(source.billingState, filter.billingState),
    equals(source.currency, filter.currency),
    equals(source.billId, filter.billId),
    equals(source.kind, filter.kind),
    filter.keptBack && sql`${reason} = ${filter.keptBack}`,
    completedFrom === undefined ? undefined : gte(source.completedAt, completedFrom),
    completedBefore === undefined ? undefined : lt(source.completedAt, completedBefore),
  ];
}

function positionIn(cursor: string): TransactionPosition {
  const [orderedAt, key = ''] = positionOf(cursor, 1);
  return { orderedAt, key };
}

/** A row as the API shows it. */
export function shown(row: Row): ListedTransaction {
  const { key, kind, site, orderId, orderLineId, sellerId, sellerName, buyerId, productId, productName } =
    row;
  const { trade, variant, chargingMode, currency, grossMinor, feeMinor, netMinor, billingState } = row;
  return {
    ...{ transactionId: key, kind, site, orderId, orderLineId },
    ...{ sellerId, sellerName, buyerId, productId, productName, trade, variant, chargingMode },
    gross: { currency, minor: grossMinor },
    fee: { currency, minor: feeMinor },
    net: { currency, minor: netMinor },
    feeRate: row.feeRate,
    orderedAt: iso(row.orderedAt),
    completedAt: row.completedAt === null ? null : iso(row.completedAt),
    accountPeriod: row.accountPeriod,
    credit: row.credit,
    repaidAt: row.repaidAt === null ? null : iso(row.repaidAt),
    // The view has none that is void.
    billingState: billingState === 'BILLED' ? 'BILLED' : 'PENDING',
    billId: row.billId,
    keptBack: row.keptBack,
  };
}
