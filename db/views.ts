import { and, eq, sql } from 'drizzle-orm';
import type { LineView } from '../domain/order-line';
import type { Database } from './connect';
import { postViews } from './ledger/post';
import { orderLines, orderLog } from './schema';
import { saveShipment } from './shipments';

/**
 * Keeps what workflows write of themselves: the newest revision wins, whatever the order of arrival, and no
 * log entry is lost. What a completed line means in money is posted with its view, or not at all. A line that the
 * registry does not know is left alone: no order depends on its view. The registry activities' `ViewStore`.
 */
export function viewStore(db: Database) {
  return {
    save: (orderId: string, orderLineId: string, view: LineView): Promise<void> =>
      db.transaction(async (tx) => {
        const line = and(eq(orderLines.orderId, orderId), eq(orderLines.id, orderLineId));
        // The row's lock lets the views of one line in one at a time.
        const [kept] = await tx.select(KEPT).from(orderLines).where(line).for('update');
        if (!kept) return;
        const newer = view.revision > kept.revision;
        if (newer) await tx.update(orderLines).set(seen(view)).where(line);
        if (newer && view.status !== 'PROCESSING') {
          await postViews(tx, [{ ...kept, line: kept.start.line, view }]);
        }
        if (newer && kept.delivery === 'hardware') await saveShipment(tx, { orderId, orderLineId }, view);
        await saveLog(tx, orderId, orderLineId, view, newer);
      }),
  };
}

/** What of a line its new view is held against. */
const KEPT = {
  revision: orderLines.revision,
  delivery: orderLines.delivery,
  start: orderLines.start,
  orderedAt: orderLines.createdAt,
  credit: orderLines.credit,
  repaidAt: orderLines.repaidAt,
};

/** A line as it is before its workflow wrote anything. */
export const startingView = ({ node, waitingFor }: Pick<LineView, 'node' | 'waitingFor'>): LineView => ({
  revision: 0,
  status: 'PROCESSING',
  node,
  waitingFor,
  allowed: [],
  dueAt: null,
  instanceId: null,
  unsubscription: null,
  log: [],
});

/** The columns of a view that the ledger has seen. */
function seen(view: LineView) {
  return { ...columnsOf(view), ledgerRevision: view.revision };
}

/** A view with those of its parts that lists filter by. */
export function columnsOf(view: LineView) {
  const { revision, status, node, waitingFor, dueAt } = view;
  return { revision, status, node, waitingFor, dueAt, view };
}

/** Entries of an older view only fill gaps. */
async function saveLog(tx: Database, orderId: string, orderLineId: string, view: LineView, newer: boolean) {
  if (view.log.length === 0) return;
  const insert = tx
    .insert(orderLog)
    .values(view.log.map((entry) => ({ orderId, orderLineId, seq: entry.seq, entry })));
  if (newer) {
    const target = [orderLog.orderId, orderLog.orderLineId, orderLog.seq];
    await insert.onConflictDoUpdate({ target, set: { entry: sql`excluded.entry` } });
  } else {
    await insert.onConflictDoNothing();
  }
}
