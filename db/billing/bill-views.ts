import { lt } from 'drizzle-orm';
import type { BillView } from '../../domain/billing/life';
import type { Database } from '../connect';
import { billLives } from './schema';

/** Keeps what a bill's workflow writes of it: the newest revision wins, whatever the order of arrival. */
export async function saveBillView(db: Database, billId: string, view: BillView): Promise<void> {
  const { revision, node, waitingFor, overdue, dueAt } = view;
  const columns = { revision, node, waitingFor, overdue, dueAt, view };
  await db
    .insert(billLives)
    .values({ billId, ...columns })
    .onConflictDoUpdate({
      target: billLives.billId,
      set: columns,
      setWhere: lt(billLives.revision, revision),
    });
}
