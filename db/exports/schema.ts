import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { ListedTransaction, TransactionFilter } from '../../domain/ledger/listed-transaction';
import type { ExportFormat } from '../../domain/ledger/transaction-export';
import type { Role } from '../../domain/parties';
import { json, moment } from '../columns';

/** Who had which transactions exported. It outlives its pages, so that its link can say that it has expired. */
export const transactionExports = pgTable(
  'transaction_exports',
  {
    id: text().primaryKey(),
    role: text().$type<Role>().notNull(),
    sub: text().notNull(),
    format: text().$type<ExportFormat>().notNull(),
    filter: json<TransactionFilter>('filter').notNull(),
    transactions: integer().notNull(),
    pages: integer().notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (made) => [index('transaction_exports_party').on(made.role, made.sub, made.createdAt)],
);

/** What is in an export, as it was when it was made; swept when it has expired. */
export const transactionExportPages = pgTable(
  'transaction_export_pages',
  {
    exportId: text('export_id')
      .notNull()
      .references(() => transactionExports.id),
    /** From 0. */
    n: integer().notNull(),
    transactions: json<ListedTransaction[]>('transactions').notNull(),
    /** Of the export. */
    createdAt: moment('created_at').notNull(),
  },
  (page) => [
    primaryKey({ columns: [page.exportId, page.n] }),
    index('transaction_export_pages_age').on(page.createdAt),
  ],
);
