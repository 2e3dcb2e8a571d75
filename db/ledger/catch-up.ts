import { and, asc, inArray, lt, ne, sql } from 'drizzle-orm';
import type { Database } from '../connect';
import { orderLines } from '../schema';
import { postViews } from './post';

/** How many lines are posted in one transaction. */
const AT_ONCE = 500;

/**
 * Posts what the ledger has not seen: lines that ended under a release before 0.5.0, or whose view a worker of such a
 * release wrote. A partial index has them, so that there is nothing to read when there are none.
 */
export async function postUnseen(db: Database): Promise<void> {
  while ((await postSome(db)) === AT_ONCE);
}

function postSome(db: Database): Promise<number> {
  const { orderId, id, start, view, credit, repaidAt, createdAt, status, revision, ledgerRevision } =
    orderLines;
  return db.transaction(async (tx) => {
    const lines = await tx
      .select({ id, start, view, credit, repaidAt, orderedAt: createdAt })
      .from(orderLines)
      .where(and(ne(status, sql`'PROCESSING'`), lt(ledgerRevision, revision)))
      .orderBy(asc(orderId), asc(id))
      .limit(AT_ONCE)
      .for('update');
    await postViews(
      tx,
      lines.flatMap(({ start: { line }, view: kept, ...sold }) =>
        kept ? { line, view: kept, ...sold } : [],
      ),
    );
    await tx
      .update(orderLines)
      .set({ ledgerRevision: revision })
      .where(
        inArray(
          id,
          lines.map((line) => line.id),
        ),
      );
    return lines.length;
  });
}
