import { TransactionRollbackError } from 'drizzle-orm';
import type { Database, OpenDatabase } from '../../db/connect';

/**
 * Makes requests meet: a transaction takes what they need, they start, and it lets go, leaving nothing, once
 * all of them wait. PGlite has one connection, so there they wait in line.
 */
export async function rivals<Outcome>(
  { db, kind }: OpenDatabase,
  take: (tx: Database) => Promise<unknown>,
  start: () => Promise<Outcome>[],
): Promise<Outcome[]> {
  let started: Promise<Outcome>[] = [];
  const held = db.transaction(async (tx) => {
    await take(tx);
    started = start();
    if (kind === 'postgres') await untilWaiting(db, started.length);
    tx.rollback();
  });
  await held.catch((error: unknown) => {
    if (!(error instanceof TransactionRollbackError)) throw error;
  });
  return Promise.all(started);
}

async function untilWaiting(db: Database, n: number): Promise<void> {
  const waiting = `select 1 from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  let rows = 0;
  while (rows < n) rows = ((await db.execute(waiting)) as { rows: unknown[] }).rows.length;
}
