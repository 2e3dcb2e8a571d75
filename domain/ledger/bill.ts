import type { AccountPeriod } from './account-period';
import type { BillVariant, KeptBack } from './transaction';
import type { Site } from '../schemas/order';

/** The run of a site's period. */
export interface RunKey {
  site: Site;
  period: AccountPeriod;
}

/** What a run is asked for. */
export interface RunOrder extends RunKey {
  /**
   * Closes the month before it is over: what was completed before this moment (epoch milliseconds) is billed. Default:
   * the month's end. Only in the demo, whose days are seconds (docs/settlement.md): elsewhere a month that is not over is
   * refused with `PERIOD_NOT_OVER`, and one that is over is billed as a whole.
   */
  asOf?: number | undefined;
}

/**
 * What one seller gets for a period: one bill for each variant and currency. Minor units of `currency`.
 *
 * `net` = gross + refunds − fee, and to it comes what the bill before carried over. A sum that is not negative is
 * `payable`. A negative one is carried over to the seller's next bill of the same kind; when that is negative again,
 * the seller's deposit is used for it, and what remains the seller owes (domain.md 5.1, S8):
 * net + carriedIn + depositUsed + owed = payable + carriedOut.
 */
export interface Bill extends RunKey {
  id: string;
  sellerId: string;
  variant: BillVariant;
  currency: string;
  transactions: number;
  /** Of the sales. */
  grossMinor: number;
  /** The gross of refunds: never positive. */
  refundsMinor: number;
  /** Of the platform: of the sales, less what goes back with refunds. */
  feeMinor: number;
  netMinor: number;
  /** From the bill before: never positive. */
  carriedInMinor: number;
  depositUsedMinor: number;
  owedMinor: number;
  payableMinor: number;
  /** To the next bill: never positive. */
  carriedOutMinor: number;
}

/** Sums of bills of one variant in one currency. */
export type BillTotals = Omit<Bill, keyof RunKey | 'id' | 'sellerId'> & { bills: number };

/** What a run finds to do. */
export interface RunOpened {
  /** What was completed before it (epoch milliseconds) is billed: the period's end, or an earlier `asOf`. */
  cutOff: number;
  /** How many are due, as found when the run was opened. */
  sellers: number;
  transactions: number;
  /** The run is over: nothing is left to bill. */
  closed: boolean;
}

/** A page of sellers that is billed. */
export interface SellersBilled {
  /** The last seller of the page, after whom the next begins; null when the page is empty. */
  last: string | null;
  /** No seller follows. */
  done: boolean;
  sellers: number;
  bills: number;
  transactions: number;
}

/** What a run has come to. */
export interface RunClosed {
  sellers: number;
  transactions: number;
  totals: BillTotals[];
}

/** Transactions of one currency, summed up as a bill does. */
export type TransactionTotals = Pick<
  Bill,
  'currency' | 'transactions' | 'grossMinor' | 'refundsMinor' | 'feeMinor' | 'netMinor'
>;

/** What a run would bill, and what it would keep back by which reason. */
export interface RunPreview {
  /** The run is over: what is due now is billed by the next one. */
  closed: boolean;
  /** Sellers who would get a bill. */
  sellers: number;
  due: TransactionTotals[];
  keptBack: (TransactionTotals & { reason: KeptBack })[];
}
