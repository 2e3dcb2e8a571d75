import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { Account, EntryKind } from '../../domain/ledger/journal';
import type { BillVariant } from '../../domain/ledger/transaction';
import type { Site } from '../../domain/schemas/order';
import { moment } from '../columns';
import { minor, transactionColumns } from './transaction-columns';

/** Each completed line (`SALE`) and each refund of one (`REFUND`); see `Transaction`. */
export const transactions = pgTable(
  'transactions',
  {
    key: text().primaryKey(),
    ...transactionColumns(),
    completedAt: moment('completed_at').notNull(),
    accountPeriod: text('account_period').notNull(),
    /**
     * Without a foreign key: a run bills transactions first, page by page, and makes their bill of what it has billed.
     * `checkLedger` looks after it.
     */
    billId: text('bill_id'),
  },
  (row) => [
    uniqueIndex('transactions_sale')
      .on(row.orderLineId)
      .where(sql`${row.kind} = 'SALE'`),
    index('transactions_order').on(row.orderId, row.orderLineId),
    index('transactions_pending')
      .on(row.site, row.sellerId)
      .where(sql`${row.billingState} = 'PENDING'`),
    index('transactions_page').on(row.orderedAt, row.key),
    index('transactions_seller').on(row.sellerId, row.orderedAt, row.key),
    index('transactions_bill').on(row.billId),
    check('transactions_parts', sql`${row.grossMinor} = ${row.feeMinor} + ${row.netMinor}`),
    check('transactions_billed', sql`(${row.billingState} = 'BILLED') = (${row.billId} is not null)`),
  ],
);

/** What was written into the books, each once for its key. Nobody can change or delete it (migration `ledger_rules`). */
export const journalEntries = pgTable('journal_entries', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  key: text().notNull().unique(),
  kind: text().$type<EntryKind>().notNull(),
  postedAt: moment('posted_at').notNull(),
});

/** The lines of entries: debits positive, credits negative; those of an entry sum up to zero in each currency. */
export const journalPostings = pgTable(
  'journal_postings',
  {
    entryId: bigint('entry_id', { mode: 'number' })
      .notNull()
      .references(() => journalEntries.id),
    account: text().$type<Account>().notNull(),
    sellerId: text('seller_id').notNull(),
    currency: text().notNull(),
    amountMinor: minor('amount_minor'),
  },
  (posting) => [
    primaryKey({ columns: [posting.entryId, posting.account, posting.currency] }),
    index('journal_postings_deposit')
      .on(posting.sellerId, posting.currency)
      .where(sql`${posting.account} = 'DEPOSIT'`),
  ],
);

/** What sellers have paid as a deposit, once for each id. */
export const deposits = pgTable('deposits', {
  id: text().primaryKey(),
  sellerId: text('seller_id').notNull(),
  currency: text().notNull(),
  amountMinor: minor('amount_minor'),
  recordedAt: moment('recorded_at').notNull(),
});

/** The runs of each site; a period is run once. */
export const settlementRuns = pgTable(
  'settlement_runs',
  {
    site: text().$type<Site>().notNull(),
    period: text().notNull(),
    cutOff: moment('cut_off').notNull(),
    openedAt: moment('opened_at').notNull(),
    closedAt: moment('closed_at'),
  },
  (run) => [primaryKey({ columns: [run.site, run.period] })],
);

/** The sellers of a run, as found when it was opened: its pages stay the same however often they are asked for. */
export const settlementSellers = pgTable(
  'settlement_sellers',
  {
    site: text().$type<Site>().notNull(),
    period: text().notNull(),
    sellerId: text('seller_id').notNull(),
    /** How many were due then; what comes before the seller's page is billed with them. */
    transactions: integer().notNull(),
    billedAt: moment('billed_at'),
  },
  (seller) => [
    primaryKey({ columns: [seller.site, seller.period, seller.sellerId] }),
    foreignKey({
      columns: [seller.site, seller.period],
      foreignColumns: [settlementRuns.site, settlementRuns.period],
    }),
  ],
);

/** See `Bill`. */
export const bills = pgTable(
  'bills',
  {
    id: text().primaryKey(),
    site: text().$type<Site>().notNull(),
    period: text().notNull(),
    sellerId: text('seller_id').notNull(),
    variant: text().$type<BillVariant>().notNull(),
    currency: text().notNull(),
    transactions: integer().notNull(),
    grossMinor: minor('gross_minor'),
    refundsMinor: minor('refunds_minor'),
    feeMinor: minor('fee_minor'),
    netMinor: minor('net_minor'),
    carriedInMinor: minor('carried_in_minor'),
    depositUsedMinor: minor('deposit_used_minor'),
    owedMinor: minor('owed_minor'),
    payableMinor: minor('payable_minor'),
    carriedOutMinor: minor('carried_out_minor'),
    /** The bill that took what was carried over; null while none has. */
    carriedTo: text('carried_to'),
  },
  (bill) => [
    foreignKey({
      columns: [bill.site, bill.period, bill.sellerId],
      foreignColumns: [settlementSellers.site, settlementSellers.period, settlementSellers.sellerId],
    }),
    index('bills_seller').on(bill.site, bill.period, bill.sellerId),
    index('bills_carried')
      .on(bill.site, bill.sellerId)
      .where(sql`${bill.carriedOutMinor} < 0 and ${bill.carriedTo} is null`),
    check(
      'bills_balanced',
      sql`${bill.netMinor} + ${bill.carriedInMinor} + ${bill.depositUsedMinor} + ${bill.owedMinor}
        = ${bill.payableMinor} + ${bill.carriedOutMinor}`,
    ),
  ],
);
