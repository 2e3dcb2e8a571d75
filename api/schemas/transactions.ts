import { z } from 'zod';
import type { Page } from '../../domain/answers';
import { LISTED_BILLING_STATES, type ListedTransaction } from '../../domain/ledger/listed-transaction';
import { BILL_VARIANTS, KEPT_BACK, TRANSACTION_KINDS } from '../../domain/ledger/transaction';
import { EXPORT_FORMATS, type ExportAnswer } from '../../domain/ledger/transaction-export';
import { charging, site, trade } from '../../domain/schemas/order';
import { id } from '../../domain/schemas/primitives';

const signedMoney = z
  .object({ currency: z.string(), minor: z.int() })
  .describe('Integer minor units of one currency; negative in a refund');

const transaction = z.object({
  transactionId: z.string().describe('Stays the same when an open line is completed'),
  kind: z.enum(TRANSACTION_KINDS),
  site,
  orderId: id,
  orderLineId: id,
  sellerId: id,
  sellerName: z.string().nullable(),
  buyerId: id,
  productId: id,
  productName: z.string().nullable(),
  trade,
  variant: z.enum(BILL_VARIANTS).describe('The kind of bill that it belongs to'),
  chargingMode: charging.shape.mode,
  gross: signedMoney,
  fee: signedMoney.describe("The platform's, at feeRate"),
  net: signedMoney.describe("The seller's: gross - fee"),
  feeRate: z.int().describe('Basis points'),
  orderedAt: z.string().describe('ISO 8601 with offset'),
  completedAt: z.string().nullable().describe('Completed or refunded; null while the line is open'),
  accountPeriod: z.string().nullable().describe('yyyymm'),
  credit: z.boolean().describe('The buyer pays on credit'),
  repaidAt: z.string().nullable(),
  billingState: z.enum(LISTED_BILLING_STATES).describe('待出账 or 已出账'),
  billId: z.string().nullable(),
  keptBack: z.enum(KEPT_BACK).nullable().describe('Why it is not billed yet; null once it is'),
}) satisfies z.ZodType<ListedTransaction>;

/** Answer of `GET /v1/transactions`. */
export const transactionPage = z.object({
  items: z.array(transaction),
  nextCursor: z.string().nullable(),
}) satisfies z.ZodType<Page<ListedTransaction>>;

/** Answer of `POST /v1/transactions/exports`. */
export const exportAnswer = z.object({
  exportId: z.string(),
  format: z.enum(EXPORT_FORMATS),
  transactions: z.int(),
  createdAt: z.string().describe('The transactions are those of this moment'),
  expiresAt: z.string().describe('From then on it answers 410 EXPORT_EXPIRED'),
  url: z.string(),
}) satisfies z.ZodType<ExportAnswer>;
