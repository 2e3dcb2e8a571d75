import { join } from 'node:path';
import { is } from 'drizzle-orm';
import { drizzle as drizzlePostgres, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator';
import { PgliteDatabase } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import { Client, type Pool } from 'pg';
import type { Database } from './connect';

/** The migrations of this version. */
export const MIGRATIONS = { migrationsFolder: join(__dirname, 'migrations') };

/** Any number that all versions of Steward agree on. */
const ADVISORY_LOCK = 7_837_927_333;

/**
 * Runs the migrations that are missing. Processes that start together on PostgreSQL do it one after the
 * other, on a connection of its own without the pool's time-outs: a migration may take long.
 */
export async function migrate(db: Database): Promise<void> {
  if (is(db, PgliteDatabase)) return migratePglite(db, MIGRATIONS);
  const { $client: pool } = db as unknown as NodePgDatabase & { $client: Pool };
  const client = new Client({
    ...pool.options,
    statement_timeout: false,
    query_timeout: undefined,
    idle_in_transaction_session_timeout: 0,
  });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCK]);
    await migratePostgres(drizzlePostgres(client), MIGRATIONS);
  } finally {
    // Ending the connection gives the lock free.
    await client.end();
  }
}
