import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { Client } from 'pg';
import { openDatabase, openPglite, type OpenDatabase } from '../../db/connect';
import { Keyring } from '../../db/keyring';
import { migrate, MIGRATIONS } from '../../db/migrate';

const MODULES = join(__dirname, '../../node_modules');

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
  const kept = join(MODULES, '.cache/steward', `pglite-${await contents()}.tar`);
  const before = await readFile(kept).catch(() => null);
  if (before) return new Blob([new Uint8Array(before)]);
  const client = await PGlite.create();
  await migrate(openPglite(client).db);
  const dump = await client.dumpDataDir('none');
  await client.close();
  await mkdir(dirname(kept), { recursive: true });
  // Others may be making it too: whole or not at all.
  const whole = `${kept}.${process.pid}`;
  await writeFile(whole, new Uint8Array(await dump.arrayBuffer()));
  await rename(whole, kept);
  return dump;
}

async function contents(): Promise<string> {
  const hash = createHash('sha256').update(
    await readFile(join(MODULES, '@electric-sql/pglite/package.json')),
  );
  for (const migration of readMigrationFiles(MIGRATIONS)) hash.update(migration.hash);
  return hash.digest('hex').slice(0, 16);
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
