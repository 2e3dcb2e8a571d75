import { isNotNull, sql } from 'drizzle-orm';
import type { Database } from './connect';
import { ENCRYPTED_COLUMNS } from './encrypted-columns';

/** How many texts of a column stand under a key. */
export interface KeyUsage {
  keyId: string;
  /** `table.column`. */
  column: string;
  rows: number;
}

/** Counts what stands under which master key. It reads whole tables: for people who rotate, not for each minute. */
export async function keyUsage(db: Database): Promise<KeyUsage[]> {
  const usage: KeyUsage[] = [];
  for (const { name, table, column } of ENCRYPTED_COLUMNS) {
    const keyId = sql<string>`split_part(${column}, ':', 1)`;
    const counted = await db
      .select({ keyId, rows: sql<number>`count(*)::int` })
      .from(table)
      .where(isNotNull(column))
      .groupBy(keyId)
      .orderBy(keyId);
    usage.push(...counted.map((one) => ({ ...one, column: name })));
  }
  return usage;
}
