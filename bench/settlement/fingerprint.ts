import { sql } from 'drizzle-orm';
import type { Database } from '../../db/connect';

/** All that a run writes. */
const TABLES = [
  ...['transactions', 'bills', 'journal_entries', 'journal_postings'],
  ...['settlement_runs', 'settlement_sellers'],
];

/** A text that is another one as soon as a row of the ledger is. */
export async function fingerprint(db: Database): Promise<string> {
  const all = [];
  for (const table of TABLES) {
    const hash = sql.raw(
      `select count(*) || ' ' || sum(hashtextextended(t::text, 0)) as of from ${table} as t`,
    );
    const { rows } = (await db.execute(hash)) as { rows: { of: string }[] };
    all.push(`${table} ${rows[0]?.of}`);
  }
  return all.join('\n');
}
