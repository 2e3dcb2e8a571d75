import { and, asc, isNotNull, notLike, sql, type SQL } from 'drizzle-orm';
import { StewardError } from '../domain/errors';
import type { Database } from './connect';
import { ENCRYPTED_COLUMNS, type EncryptedColumn } from './encrypted-columns';
import { decryptText } from './encryption';
import type { Keyring } from './keyring';

export interface ReencryptOptions {
  /** Rows of one transaction; default 200. */
  pageSize?: number;
  /** Told after each page: how many values of a column were moved so far. */
  progress?: (column: string, moved: number) => void;
}

/** What `reencrypt` did. */
export interface Reencrypted {
  moved: number;
  /** Values that could not be read, with the reason; they are as they were. */
  unreadable: { column: string; rows: number; reason: string }[];
}

/**
 * Moves everything that stands under an older master key to the newest, page by page, while workers and APIs run.
 * Stopped in the middle, it goes on at its next call. Licence codes get their index under the newest key too.
 *
 * A row that somebody writes meanwhile is left to the writer.
 */
export async function reencrypt(
  db: Database,
  keys: Keyring,
  { pageSize = 200, progress = () => undefined }: ReencryptOptions = {},
): Promise<Reencrypted> {
  const all: Reencrypted = { moved: 0, unreadable: [] };
  for (const column of ENCRYPTED_COLUMNS) {
    const reasons = new Map<string, number>();
    let moved = 0;
    let last: readonly string[] | undefined;
    for (let full = true; full;) {
      const rows = await db.transaction(async (tx) => {
        const page = await pageAfter(tx, column, keys.newestId, last, pageSize);
        for (const row of page) {
          const reason = await moveRow(tx, keys, column, row);
          if (reason === undefined) moved += 1;
          else reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
        }
        return page;
      });
      last = rows.at(-1)?.key;
      full = rows.length === pageSize;
      if (rows.length > 0) progress(column.name, moved);
    }
    all.moved += moved;
    all.unreadable.push(...[...reasons].map(([reason, rows]) => ({ column: column.name, rows, reason })));
  }
  return all;
}

interface Row {
  key: string[];
  text: string;
}

/** Rows under other keys, by their primary keys, so that those which cannot be read are passed over. */
async function pageAfter(
  db: Database,
  { table, column, key }: EncryptedColumn,
  newestId: string,
  last: readonly string[] | undefined,
  limit: number,
): Promise<Row[]> {
  const older = notLike(column, `${newestId.replace(/_/g, '\\_')}:%`);
  return db
    .select({ key: sql<string[]>`json_build_array(${list(key)})`, text: sql<string>`${column}` })
    .from(table)
    .where(and(isNotNull(column), older, last && sql`(${list(key)}) > (${list(last)})`))
    .orderBy(...key.map((one) => asc(one)))
    .limit(limit);
}

/** @returns why the text could not be read; undefined when it was moved */
async function moveRow(
  db: Database,
  keys: Keyring,
  { table, column, key, place, seal }: EncryptedColumn,
  row: Row,
): Promise<string | undefined> {
  try {
    const text = decryptText(keys, place(row.key), row.text);
    const sets = seal(keys, row.key, text).map(([one, value]) => sql`${sql.identifier(one.name)} = ${value}`);
    await db.execute(
      sql`update ${table} set ${sql.join(sets, sql`, `)}
        where (${list(key)}) = (${list(row.key)}) and ${column} = ${row.text}`,
    );
    return undefined;
  } catch (error) {
    if (error instanceof StewardError) return error.code === 'KEY_UNKNOWN' ? error.message : error.code;
    throw error;
  }
}

function list(values: readonly unknown[]): SQL {
  return sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  );
}
