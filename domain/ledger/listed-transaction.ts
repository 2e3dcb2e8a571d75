import type { AccountPeriod } from './account-period';
import type { BillingState, BillVariant, KeptBack, TransactionKind } from './transaction';
import type { Money } from '../money';
import type { Charging, Site, Trade } from '../schemas/order';

/** What of billing is ever shown: what went back in the five days is in no list. */
export const LISTED_BILLING_STATES = ['PENDING', 'BILLED'] as const satisfies readonly BillingState[];
export type ListedBillingState = (typeof LISTED_BILLING_STATES)[number];

/**
 * A transaction (交易明细) at the API, an item of `GET /v1/transactions`: a completed order line, a refund of one, or an
 * open line as the sale that it is to become. Times are ISO 8601 with offset. Amounts of refunds are negative.
 */
export interface ListedTransaction {
  /** Stays the same when an open line is completed. */
  transactionId: string;
  kind: TransactionKind;
  site: Site;
  orderId: string;
  orderLineId: string;
  sellerId: string;
  /** As the seller and the product are named now; null when they are not registered. */
  sellerName: string | null;
  buyerId: string;
  productId: string;
  productName: string | null;
  trade: Trade;
  /** The kind of bill that it belongs to. */
  variant: BillVariant;
  chargingMode: Charging['mode'];
  gross: Money;
  /** The platform's, at `feeRate`. */
  fee: Money;
  /** The seller's: gross − fee. */
  net: Money;
  /** Basis points, as they were when the order began. */
  feeRate: number;
  orderedAt: string;
  /** When the line was completed, or its refund taken; null while the line is open, as is `accountPeriod`. */
  completedAt: string | null;
  accountPeriod: AccountPeriod | null;
  /** The buyer pays on credit, and when it has. */
  credit: boolean;
  repaidAt: string | null;
  /** 待出账 or 已出账. */
  billingState: ListedBillingState;
  /** The bill that it is in; null while it is pending. */
  billId: string | null;
  /** Why it is not billed yet; null once it is. */
  keptBack: KeptBack | null;
}

/** What a list or a file of transactions is narrowed by: all of it together. Moments in epoch milliseconds. */
export interface TransactionFilter {
  sellerId?: string | undefined;
  orderId?: string | undefined;
  period?: AccountPeriod | undefined;
  billingState?: ListedBillingState | undefined;
  keptBack?: KeptBack | undefined;
  currency?: string | undefined;
  kind?: TransactionKind | undefined;
  /** The bill that they are in. */
  billId?: string | undefined;
  /** Completed, or refunded, then or later. */
  completedFrom?: number | undefined;
  /** Completed, or refunded, before. */
  completedBefore?: number | undefined;
}
