import { sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { Database } from './connect';
import { MIGRATIONS } from './migrate';

/** How a database stands to the migrations of this version. */
export interface MigrationState {
  /** How many this version has. */
  known: number;
  /** How many of them the database lacks. */
  missing: number;
  /** How many it has beyond them: a newer Steward was here. */
  newer: number;
}

/** Compares a database with this version's migrations, and changes nothing. */
export async function migrationState(db: Database): Promise<MigrationState> {
  const files = readMigrationFiles(MIGRATIONS).map(({ folderMillis }) => folderMillis);
  const applied = await appliedMigrations(db);
  return {
    known: files.length,
    missing: files.filter((when) => !applied.includes(when)).length,
    newer: applied.filter((when) => !files.includes(when)).length,
  };
}

async function appliedMigrations(db: Database): Promise<number[]> {
  const [table] = await rows<{ there: boolean }>(
    db,
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as there`,
  );
  if (!table?.there) return [];
  const found = await rows<{ when: string }>(
    db,
    sql`select created_at::text as when from drizzle.__drizzle_migrations`,
  );
  return found.map(({ when }) => Number(when));
}

/** Both drivers answer with `rows`, which the type that they share does not say. */
async function rows<Row>(db: Database, query: ReturnType<typeof sql>): Promise<Row[]> {
  return ((await db.execute(query)) as { rows: Row[] }).rows;
}
