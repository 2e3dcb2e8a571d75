import { boolean, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { BillView } from '../../domain/billing/life';
import type { BillNode } from '../../domain/billing/nodes';
import type { WaitingFor } from '../../domain/parties';
import { json, moment } from '../columns';
import { bills } from '../ledger/schema';
import { minor } from '../ledger/transaction-columns';

const billId = () =>
  text('bill_id')
    .notNull()
    .references(() => bills.id);

/** How far each bill is: the newest view that its workflow wrote. A bill without a row was never started. */
export const billLives = pgTable(
  'bill_lives',
  {
    billId: billId().primaryKey(),
    revision: integer().notNull(),
    node: text().$type<BillNode>().notNull(),
    waitingFor: text('waiting_for').$type<WaitingFor>().notNull(),
    overdue: boolean().notNull(),
    dueAt: moment('due_at'),
    view: json<BillView>('view').notNull(),
  },
  (life) => [index('bill_lives_node').on(life.node)],
);

/** The number of each invoice that was ever submitted, for the only bill that may have it. */
export const invoiceNumbers = pgTable('invoice_numbers', {
  number: text().primaryKey(),
  billId: billId(),
  /** Which submission of the bill it was, from 1. */
  submission: integer().notNull(),
  claimedAt: moment('claimed_at').notNull(),
});

/** By what operators corrected a bill; its n-th adjustment, from 1. */
export const billAdjustments = pgTable(
  'bill_adjustments',
  {
    billId: billId(),
    n: integer().notNull(),
    amountMinor: minor('amount_minor'),
    recordedAt: moment('recorded_at').notNull(),
  },
  (adjustment) => [primaryKey({ columns: [adjustment.billId, adjustment.n] })],
);

/** What was paid for a bill, all of it at once. */
export const billPayments = pgTable('bill_payments', {
  billId: billId().primaryKey(),
  paymentId: text('payment_id').notNull(),
  amountMinor: minor('amount_minor'),
  recordedAt: moment('recorded_at').notNull(),
});
