import type { AccountPeriod } from './account-period';
import type { Charging, Site, Trade } from '../schemas/order';

/** What a seller's transaction is: a completed order line, or a refund of one. */
export const TRANSACTION_KINDS = ['SALE', 'REFUND'] as const;
export type TransactionKind = (typeof TRANSACTION_KINDS)[number];

/**
 * 待出账 → 已出账 (domain.md 5.1). `VOID` is a sale that went back in the five days, with its refund: neither is ever
 * listed or billed.
 */
export const BILLING_STATES = { PENDING: '待出账', BILLED: '已出账', VOID: '已冲销' } as const;
export type BillingState = keyof typeof BILLING_STATES;

/** Why a transaction is not billed yet; the first that holds is shown (domain.md 5.1). */
export const KEPT_BACK = [
  'SUPERVISION_NOT_FINISHED',
  'NOT_REPAID',
  'FIVE_DAYS_OPEN',
  'SELLER_NOT_CERTIFIED',
  'BILLING_DATE_NOT_REACHED',
] as const;
export type KeptBack = (typeof KEPT_BACK)[number];

/** Who invoices whom (domain.md 5.3): `general` products (通用) are invoiced by the seller, all others by Huawei Cloud. */
export const BILL_VARIANTS = ['general', 'joint'] as const;
export type BillVariant = (typeof BILL_VARIANTS)[number];

/** The bill that a trade belongs to. */
export function variantOf(trade: Trade): BillVariant {
  return trade === 'general' ? 'general' : 'joint';
}

/** What a transaction is about. Money in minor units of `currency`, negative in a refund; times in epoch milliseconds. */
export interface Transaction {
  /** Made of the order line and the step: a step is posted once. */
  key: string;
  kind: TransactionKind;
  site: Site;
  orderId: string;
  orderLineId: string;
  sellerId: string;
  buyerId: string;
  productId: string;
  trade: Trade;
  variant: BillVariant;
  chargingMode: Charging['mode'];
  currency: string;
  grossMinor: number;
  /** Of the platform, at `feeRate`. */
  feeMinor: number;
  /** The seller's: gross − fee. */
  netMinor: number;
  /** Basis points, as they were when the order began. */
  feeRate: number;
  /** When the order was handed over. */
  orderedAt: number;
  /** When the line was completed, or its refund taken. */
  completedAt: number;
  /** Until then the buyer may unsubscribe without reason; null where that is not so. */
  fiveDaysUntil: number | null;
  /** A refund of the sale is asked for or decided, and not taken yet. */
  unsubscribing: boolean;
  /** The buyer pays on credit, and when it has. */
  credit: boolean;
  repaidAt: number | null;
  accountPeriod: AccountPeriod;
  billingState: BillingState;
  /** Null unless it is billed. */
  billId: string | null;
}
