import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Client } from 'pg';
import { openDatabase, openPglite, type OpenDatabase } from '../../db/connect';
import { Keyring } from '../../db/keyring';
import { migrate } from '../../db/migrate';
import { contentsOf, keep, keptFile } from '../../workers/kept-file';

const ROOT = join(__dirname, '../..');
/** All that an empty database is made of. */
const MADE_OF = ['db/migrate.ts', 'db/migrations', 'node_modules/@electric-sql/pglite/package.json'];

/** The key that tests encrypt stored data with. */
export const testKeys = Keyring.parse(
  'STEWARD_MASTER_KEYS',
  `test:${Buffer.alloc(32, 7).toString('base64')}`,
);

/**
 * A fresh, migrated database: PGlite in memory, or, with `STEWARD_TEST_DATABASE=postgres`, a database of its
 * own on the server of `DATABASE_URL`, dropped on `close`.
 */
export async function openTestDatabase(): Promise<OpenDatabase> {
  if (process.env['STEWARD_TEST_DATABASE'] === 'postgres') return openTestPostgres();
  template ??= makeTemplate();
  return openPglite(await PGlite.create({ loadDataDir: await template }));
}

/** Initialising PGlite takes seconds, copying one that is migrated takes less than one. */
let template: Promise<Blob> | undefined;

/** Kept for other test files, until a migration or PGlite changes. */
async function makeTemplate(): Promise<Blob> {
  const kept = keptFile('pglite', contentsOf(ROOT, MADE_OF));
  const before = await readFile(kept).catch(() => null);
  if (before) return new Blob([new Uint8Array(before)]);
  const client = await PGlite.create();
  await migrate(openPglite(client).db);
  const dump = await client.dumpDataDir('none');
  await client.close();
  await keep(kept, new Uint8Array(await dump.arrayBuffer()));
  return dump;
}

async function openTestPostgres(): Promise<OpenDatabase> {
  const { url, drop } = await createTestDatabase();
  const opened = await openDatabase({ url });
  await migrate(opened.db);
  const close = async (): Promise<void> => {
    await opened.close();
    await drop();
  };
  return { ...opened, close };
}

/** An empty database on the server of `DATABASE_URL`. */
export async function createTestDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = process.env['DATABASE_URL'];
  if (!server) throw new Error('STEWARD_TEST_DATABASE=postgres needs DATABASE_URL');
  const name = `steward_test_${randomBytes(6).toString('hex')}`;
  // template0: unlike template1, nobody is ever connected to it.
  await execute(server, `create database ${name} template template0`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => execute(server, `drop database ${name} with (force)`) };
}

async function execute(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
