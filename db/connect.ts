import { mkdir } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { Pool } from 'pg';
import { StewardError } from '../domain/errors';
import { lockFolder } from './folder-lock';
import * as schema from './schema';

/** What all functions of this folder take: a database, or a transaction in it, of either kind. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>;

/** An open database. `close` ends its connections and gives its folder free. */
export interface OpenDatabase {
  db: Database;
  kind: 'pglite' | 'postgres';
  close: () => Promise<void>;
}

/** Where the database is: the first one given of `url`, `memory`, `folder`. */
export interface DatabaseOptions {
  /** `DATABASE_URL`: PostgreSQL, which several processes may use. */
  url?: string | undefined;
  /** PGlite in memory, gone when closed: for tests. */
  memory?: boolean;
  /** PGlite in this folder, for this process only: another one gets `DATABASE_LOCKED`. */
  folder?: string | undefined;
  /** How long PostgreSQL may take for one statement, in ms; default 10 s. */
  statementLimit?: number | undefined;
}

/** Who waits for an answer of the API, or an order, must not wait for ever. */
const STATEMENT_LIMIT = 10_000;
/** A server that vanished answers nothing, not even its own time-out. */
const SILENCE = 5_000;

/**
 * Opens a database; `migrate` brings it up to date.
 *
 * @throws `DATABASE_LOCKED`, `DATABASE_UNAVAILABLE`, or `CONFIG_INVALID` when no place is given
 */
export async function openDatabase({
  url,
  memory,
  folder,
  statementLimit = STATEMENT_LIMIT,
}: DatabaseOptions): Promise<OpenDatabase> {
  if (url) return openPostgres(url, statementLimit);
  if (memory) return openPglite(await PGlite.create());
  if (!folder) throw new StewardError('CONFIG_INVALID', { setting: 'DATABASE_URL', reason: 'is missing' });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(folder);
  try {
    return openPglite(await PGlite.create(folder), lock.release);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Wraps a PGlite instance; tests give one that they loaded from a template. */
export function openPglite(client: PGlite, release?: () => Promise<void>): OpenDatabase {
  const close = async (): Promise<void> => {
    try {
      await client.close();
    } finally {
      await release?.();
    }
  };
  return { db: drizzlePglite(client, { schema }), kind: 'pglite', close };
}

async function openPostgres(url: string, statementLimit: number): Promise<OpenDatabase> {
  const pool = new Pool({
    connectionString: url,
    application_name: 'steward',
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    statement_timeout: statementLimit,
    query_timeout: statementLimit + SILENCE,
    idle_in_transaction_session_timeout: 30_000,
  });
  // An idle connection that breaks is replaced; whoever needs one then sees the error, if there is one.
  pool.on('error', () => undefined);
  // One that breaks amid a transaction fails the query at hand, or the next; unheard here, it would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await pool.query('select 1');
  } catch (cause) {
    await pool.end();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StewardError('DATABASE_UNAVAILABLE', { reason }, { cause });
  }
  return { db: drizzlePostgres(pool, { schema }), kind: 'postgres', close: () => pool.end() };
}
