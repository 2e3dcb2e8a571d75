import { sql } from 'drizzle-orm';
import type { Entry } from '../../domain/ledger/journal';
import type { Database } from '../connect';

/**
 * Writes entries, each once for its key, in one statement: what is in the journal already stays as it is. That each is
 * balanced is looked at when the transaction commits.
 */
export async function writeEntries(tx: Database, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ key, kind }) => ({ key, kind }));
  const postings = entries.flatMap(({ key, sellerId, currency, amounts }) =>
    Object.entries(amounts)
      .filter(([, amount]) => amount !== 0)
      .map(([account, amount]) => ({ key, account, seller_id: sellerId, currency, amount_minor: amount })),
  );
  await tx.execute(sql`
    with fresh as (
      insert into journal_entries (key, kind, posted_at)
      select key, kind, now() from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as entry (key text, kind text)
      on conflict (key) do nothing
      returning id, key
    )
    insert into journal_postings (entry_id, account, seller_id, currency, amount_minor)
    select fresh.id, account, seller_id, currency, amount_minor
    from fresh
    join jsonb_to_recordset(${JSON.stringify(postings)}::jsonb)
      as posting (key text, account text, seller_id text, currency text, amount_minor bigint) using (key)`);
}
