import { randomUUID } from 'node:crypto';
import { and, count, eq, gt, lte, min } from 'drizzle-orm';
import { StewardError } from '../../domain/errors';
import type { ListedTransaction, TransactionFilter } from '../../domain/ledger/listed-transaction';
import { EXPORT_KEPT, EXPORTS_KEPT, type ExportFormat } from '../../domain/ledger/transaction-export';
import type { Party } from '../../domain/parties';
import { iso } from '../../domain/time';
import type { Database } from '../connect';
import { transactionPages } from '../ledger/transaction-pages';
import { transactionExportPages, transactionExports } from './schema';

/** An export without what is in it. */
export type Export = Omit<typeof transactionExports.$inferSelect, keyof Party>;

/**
 * Copies the transactions of a filter, as they are at one moment, for a party to fetch for three days. They live in
 * SQL, where every process of the API finds them.
 *
 * @param now epoch milliseconds
 * @throws `TOO_MANY_EXPORTS`
 */
export function makeExport(
  db: Database,
  { role, sub }: Party,
  { format, filter }: { format: ExportFormat; filter: TransactionFilter },
  now = Date.now(),
): Promise<Export> {
  const id = randomUUID();
  const empty = { id, format, filter, transactions: 0, pages: 0, createdAt: now };
  // One snapshot for all pages, whatever is billed or refunded meanwhile.
  const isolationLevel = 'repeatable read';
  return db.transaction(
    async (tx) => {
      await refuseTooMany(tx, { role, sub }, now);
      await tx.insert(transactionExports).values({ ...empty, role, sub });
      const copied = await copyPages(tx, id, filter, now);
      await tx.update(transactionExports).set(copied).where(eq(transactionExports.id, id));
      return { ...empty, ...copied };
    },
    { isolationLevel },
  );
}

async function refuseTooMany(tx: Database, party: Party, now: number): Promise<void> {
  const { role, sub, createdAt } = transactionExports;
  const kept = and(eq(role, party.role), eq(sub, party.sub), gt(createdAt, now - EXPORT_KEPT));
  const [found] = await tx
    .select({ n: count(), first: min(createdAt) })
    .from(transactionExports)
    .where(kept);
  if (!found?.first || found.n < EXPORTS_KEPT) return;
  throw new StewardError('TOO_MANY_EXPORTS', { n: EXPORTS_KEPT, at: iso(found.first + EXPORT_KEPT) });
}

async function copyPages(tx: Database, exportId: string, filter: TransactionFilter, now: number) {
  const copied = { transactions: 0, pages: 0 };
  for await (const transactions of transactionPages(tx, filter, now)) {
    const page = { exportId, n: copied.pages, transactions, createdAt: now };
    await tx.insert(transactionExportPages).values(page);
    copied.pages += 1;
    copied.transactions += transactions.length;
  }
  return copied;
}

/**
 * An export of a party, by its id.
 *
 * @throws `NOT_FOUND` for one of another party; `EXPORT_EXPIRED` from three days after it was made
 */
export async function findExport(db: Database, party: Party, id: string, now = Date.now()): Promise<Export> {
  const { role, sub, id: its } = transactionExports;
  const [found] = await db
    .select()
    .from(transactionExports)
    .where(and(eq(its, id), eq(role, party.role), eq(sub, party.sub)));
  if (!found) throw new StewardError('NOT_FOUND', { what: 'export', id });
  if (now - found.createdAt >= EXPORT_KEPT) throw expired(found);
  return found;
}

/** What is in an export, a page at a time: the same however often it is read. Rejects if it is swept meanwhile. */
export async function* exportedPages(
  db: Database,
  made: Pick<Export, 'id' | 'pages' | 'createdAt'>,
): AsyncGenerator<ListedTransaction[], void, void> {
  const { exportId, n, transactions } = transactionExportPages;
  for (let page = 0; page < made.pages; page += 1) {
    const [found] = await db
      .select({ transactions })
      .from(transactionExportPages)
      .where(and(eq(exportId, made.id), eq(n, page)));
    // A file without its rest would pass for a whole one.
    if (!found) throw expired(made);
    yield found.transactions;
  }
}

/** Deletes what is in exports that have expired; answers with how many pages there were. */
export async function sweepExports(db: Database, now = Date.now()): Promise<number> {
  const { createdAt, n } = transactionExportPages;
  const swept = await db
    .delete(transactionExportPages)
    .where(lte(createdAt, now - EXPORT_KEPT))
    .returning({ n });
  return swept.length;
}

function expired({ id, createdAt }: Pick<Export, 'id' | 'createdAt'>): StewardError {
  return new StewardError('EXPORT_EXPIRED', { id, at: iso(createdAt + EXPORT_KEPT) });
}
