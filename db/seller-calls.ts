import { and, desc, eq, sql, type SQL } from 'drizzle-orm';
import type { Page } from '../domain/answers';
import type { SellerCall } from '../domain/seller-calls';
import { iso } from '../domain/time';
import type { Database } from './connect';
import { pageOf, positionOf, rowsToRead, type PageRequest } from './pages';
import { sellerCalls } from './schema';

type Row = typeof sellerCalls.$inferSelect;
type Result = Pick<Row, 'ms' | 'httpStatus' | 'resultCode' | 'exception'>;

/** Writes the rows of 生产接口消息, one for each call to a seller: a `SellerCallLog`. */
export function sellerCallLog(db: Database) {
  return {
    async begin(call: Omit<Row, keyof Result>): Promise<void> {
      await db.insert(sellerCalls).values(call).onConflictDoNothing();
    },
    async finish(callId: string, result: Result): Promise<void> {
      await db.update(sellerCalls).set(result).where(eq(sellerCalls.callId, callId));
    },
  };
}

/** The calls of a seller, of an order, or of both, newest first. */
export async function listSellerCalls(
  db: Database,
  filter: { sellerId?: string | undefined; orderId?: string | undefined },
  page: PageRequest = {},
): Promise<Page<SellerCall>> {
  const { sellerId, orderId } = filter;
  const rows = await db
    .select()
    .from(sellerCalls)
    .where(
      and(
        sellerId === undefined ? undefined : eq(sellerCalls.sellerId, sellerId),
        orderId === undefined ? undefined : eq(sellerCalls.orderId, orderId),
        page.cursor === undefined ? undefined : after(page.cursor),
      ),
    )
    .orderBy(desc(sellerCalls.at), desc(sellerCalls.callId))
    .limit(rowsToRead(page));
  const { items, nextCursor } = pageOf(rows, page, (row) => [row.at, row.callId]);
  return { items: items.map(shown), nextCursor };
}

function after(cursor: string): SQL {
  const [at, id] = positionOf(cursor, 1);
  return sql`(${sellerCalls.at}, ${sellerCalls.callId}) < (${sql.param(at, sellerCalls.at)}, ${id})`;
}

function shown(row: Row): SellerCall {
  const { orderId, orderLineId, activity, attempt, at, ms, httpStatus, resultCode, exception } = row;
  return {
    orderId,
    orderLineId,
    activity,
    attempt,
    at: iso(at),
    ms,
    httpStatus,
    resultCode,
    exception,
  };
}
