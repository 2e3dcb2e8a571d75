import { z } from 'zod';
import { LISTED_BILLING_STATES } from '../ledger/listed-transaction';
import { KEPT_BACK, TRANSACTION_KINDS } from '../ledger/transaction';
import { EXPORT_FORMATS } from '../ledger/transaction-export';
import { id, money, moment } from './primitives';

/** An account period (账期). */
export const accountPeriod = z
  .string()
  .regex(/^\d{4}(0[1-9]|1[0-2])$/, 'a month as yyyymm')
  .describe('For example 202610');

/** What a list or an export of transactions is narrowed by; all conditions together. */
export const transactionFilter = z.strictObject({
  sellerId: id.optional(),
  orderId: id.optional(),
  period: accountPeriod.optional(),
  billingState: z.enum(LISTED_BILLING_STATES).optional(),
  keptBack: z.enum(KEPT_BACK).optional().describe('Why it is not billed yet'),
  currency: money.shape.currency.optional(),
  kind: z.enum(TRANSACTION_KINDS).optional(),
  completedFrom: moment.optional().describe('Completed or refunded then or later; ISO 8601 with offset'),
  completedBefore: moment.optional().describe('Completed or refunded before; ISO 8601 with offset'),
});
export type TransactionFilterBody = z.infer<typeof transactionFilter>;

/** Body of `POST /v1/transactions/exports`. */
export const transactionExport = z.strictObject({
  format: z.enum(EXPORT_FORMATS),
  filters: transactionFilter.optional().describe('Default: all that the caller may see'),
});
export type TransactionExportBody = z.infer<typeof transactionExport>;
