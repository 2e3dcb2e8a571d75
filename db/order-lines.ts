import { and, asc, desc, eq, lt, sql, type SQL } from 'drizzle-orm';
import type { Page } from '../domain/answers';
import type { LineView, OrderLineStart } from '../domain/order-line';
import type { Node, Status } from '../domain/nodes';
import type { WaitingFor } from '../domain/parties';
import type { Delivery } from '../domain/schemas/order';
import type { Database } from './connect';
import { equals } from './equals';
import { pageOf, positionOf, rowsToRead, type PageRequest } from './pages';
import { licenses, orderLines, orderLog } from './schema';
import { startingView } from './views';

/** The primary key of a line. */
export interface LineKey {
  orderId: string;
  orderLineId: string;
}

/**
 * A line as the registry knows it. The encrypted parts are opened by `openContact`, `openAppInfo` and `openLicense`;
 * its recipient is kept apart (`recipientDirectory`).
 */
export interface RegisteredLine extends LineKey {
  start: OrderLineStart;
  /** The newest one that its workflow wrote, or `startingView`. */
  view: LineView;
  contactEncrypted: string;
  appInfoEncrypted: string | null;
  licenseEncrypted: string | null;
  /** Epoch milliseconds. */
  createdAt: number;
}

/** What a list is narrowed by; all of them together. `dueBefore` in epoch milliseconds. */
export interface LineFilter {
  status?: Status | undefined;
  node?: Node | undefined;
  delivery?: Delivery | undefined;
  sellerId?: string | undefined;
  buyerId?: string | undefined;
  waitingFor?: WaitingFor | undefined;
  dueBefore?: number | undefined;
}

/** The lines of an order, by id, each with the whole log; none for an unknown order. */
export async function getOrder(db: Database, orderId: string): Promise<RegisteredLine[]> {
  const lines = await select(db).where(eq(orderLines.orderId, orderId)).orderBy(asc(orderLines.id));
  const log = await db
    .select()
    .from(orderLog)
    .where(eq(orderLog.orderId, orderId))
    .orderBy(asc(orderLog.seq));
  return lines.map(withView).map((line) => {
    const entries = log.filter((row) => row.orderLineId === line.orderLineId).map((row) => row.entry);
    return { ...line, view: { ...line.view, log: entries } };
  });
}

/** Lines of all orders, newest first; each view with its newest log entries. */
export async function listLines(
  db: Database,
  filter: LineFilter,
  page: PageRequest = {},
): Promise<Page<RegisteredLine>> {
  const { createdAt, orderId, id } = orderLines;
  const rows = await select(db)
    .where(and(matches(filter), page.cursor === undefined ? undefined : after(page.cursor)))
    .orderBy(desc(createdAt), desc(orderId), desc(id))
    .limit(rowsToRead(page));
  return pageOf(rows.map(withView), page, (line) => [line.createdAt, line.orderId, line.orderLineId]);
}

/** Lines that never wrote a view, oldest first, at most `limit` of those after `last`: for the sweep. */
export async function unstartedLines(
  db: Database,
  limit: number,
  last?: RegisteredLine,
): Promise<RegisteredLine[]> {
  const { revision, createdAt, orderId, id } = orderLines;
  const rows = await select(db)
    .where(and(eq(revision, 0), last && sql`${POSITION} > ${positionIn(last)}`))
    .orderBy(asc(createdAt), asc(orderId), asc(id))
    .limit(limit);
  return rows.map(withView);
}

function select(db: Database) {
  const { orderId, id: orderLineId, start, view, node, waitingFor } = orderLines;
  const { contactEncrypted, appInfoEncrypted, createdAt } = orderLines;
  const { codeEncrypted: licenseEncrypted } = licenses;
  return db
    .select({
      ...{ orderId, orderLineId, start, view, node, waitingFor },
      ...{ contactEncrypted, appInfoEncrypted, licenseEncrypted, createdAt },
    })
    .from(orderLines)
    .leftJoin(licenses, and(eq(licenses.orderId, orderId), eq(licenses.orderLineId, orderLineId)));
}

type Row = Omit<RegisteredLine, 'view'> & { view: LineView | null; node: Node; waitingFor: WaitingFor };

const withView = ({ node, waitingFor, view, ...row }: Row): RegisteredLine => ({
  ...row,
  view: view ?? startingView({ node, waitingFor }),
});

function matches(filter: LineFilter): SQL | undefined {
  const { dueBefore } = filter;
  return and(
    equals(orderLines.status, filter.status),
    equals(orderLines.node, filter.node),
    equals(orderLines.delivery, filter.delivery),
    equals(orderLines.sellerId, filter.sellerId),
    equals(orderLines.buyerId, filter.buyerId),
    equals(orderLines.waitingFor, filter.waitingFor),
    dueBefore === undefined ? undefined : lt(orderLines.dueAt, dueBefore),
  );
}

function after(cursor: string): SQL {
  const [createdAt, orderId = '', orderLineId = ''] = positionOf(cursor, 2);
  return sql`${POSITION} < ${positionIn({ createdAt, orderId, orderLineId })}`;
}

/** What lists are sorted by. */
const POSITION = sql`(${orderLines.createdAt}, ${orderLines.orderId}, ${orderLines.id})`;

function positionIn(line: LineKey & { createdAt: number }): SQL {
  return sql`(${sql.param(line.createdAt, orderLines.createdAt)}, ${line.orderId}, ${line.orderLineId})`;
}
