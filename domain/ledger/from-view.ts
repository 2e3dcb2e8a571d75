import { accountPeriodOf } from './account-period';
import { refundParts, saleParts, type Parts } from './fee';
import { entryKeys } from './journal';
import { variantOf, type Transaction } from './transaction';
import type { LineView, OrderLine, Unsubscription } from '../order-line';
import type { Node } from '../nodes';

/** A line as the registry knows it beside its view; times in epoch milliseconds. */
export interface SoldLine {
  line: OrderLine;
  orderedAt: number;
  /** The buyer pays on credit, and when it has. */
  credit: boolean;
  repaidAt: number | null;
}

/**
 * The sale that a view tells of; null before the completion, and for trial orders, which are never listed (domain.md
 * 5.1). What is refunded before the completion was never owed to the seller.
 */
export function saleOf(sold: SoldLine, view: LineView): Transaction | null {
  const { line } = sold;
  const completedAt = completedAtOf(view);
  if (line.trial || completedAt === null) return null;
  const opened = line.charging.mode === 'PERIOD' ? view.completion?.validFrom : undefined;
  return {
    ...common(sold),
    ...saleParts(line.amount.minor, line.feeRate),
    key: entryKeys.sale(line.orderLineId),
    kind: 'SALE',
    completedAt,
    // New periodic orders count from when they were really opened (domain.md 5.1).
    accountPeriod: accountPeriodOf(opened ?? completedAt),
    fiveDaysUntil: view.fiveDaysUntil ?? null,
    unsubscribing: isUnsubscribing(view),
  };
}

/**
 * The refund of a completed line that a view tells of, once the platform has taken it; null when there is none.
 *
 * @param before what was refunded of the line by others already, in minor units
 */
export function refundOf(sold: SoldLine, view: LineView, before = 0): Transaction | null {
  const { line } = sold;
  const { status, unsubscription } = view;
  const isBack = status === 'UNSUBSCRIBED' || status === 'CLOSED';
  if (line.trial || !isBack || !view.completion || unsubscription?.status !== 'REFUNDED') return null;
  const completedAt = refundedAtOf(view);
  return {
    ...common(sold),
    ...refundParts(before, unsubscription.amount.minor, line.feeRate),
    key: entryKeys.refund(line.orderLineId, unsubscription.id),
    kind: 'REFUND',
    completedAt,
    accountPeriod: accountPeriodOf(completedAt),
    fiveDaysUntil: null,
    unsubscribing: false,
  };
}

/**
 * Whether a refund is that of the five days: all of what had such a right goes back. Such a sale is not listed, and
 * neither is its refund (domain.md 5.1, S18).
 */
export function isFiveDayRefund({ line }: SoldLine, { fiveDaysUntil, unsubscription }: LineView): boolean {
  return fiveDaysUntil != null && unsubscription?.amount.minor === line.amount.minor;
}

type Common = Omit<
  Transaction,
  keyof Parts | 'key' | 'kind' | 'completedAt' | 'accountPeriod' | 'fiveDaysUntil' | 'unsubscribing'
>;

function common({ line, orderedAt, credit, repaidAt }: SoldLine): Common {
  const { site, orderId, orderLineId, sellerId, buyerId, productId, trade = 'general' } = line;
  return {
    ...{ site, orderId, orderLineId, sellerId, buyerId, productId, trade },
    ...{ variant: variantOf(trade), chargingMode: line.charging.mode, currency: line.amount.currency },
    ...{ feeRate: line.feeRate, orderedAt, credit, repaidAt, billingState: 'PENDING', billId: null },
  };
}

/** Views of releases before 0.2.0 do not say it: the last that happened to such a line was its completion. */
function completedAtOf({ completion, status, log }: LineView): number | null {
  if (completion) return completion.completedAt;
  return status === 'COMPLETED' ? (log.at(-1)?.at ?? null) : null;
}

/** The money is back from when the line leaves these nodes. */
const REFUND_NODES: readonly Node[] = ['REFUNDING', 'REFUND_STUCK'];

function refundedAtOf({ log, completion }: LineView): number {
  const left = log.findLast(({ from, to }) => REFUND_NODES.includes(from) && !REFUND_NODES.includes(to));
  return left?.at ?? log.at(-1)?.at ?? completion?.completedAt ?? 0;
}

/** A refund of a completed line that is not decided, or not taken yet. */
function isUnsubscribing({ status, unsubscription }: LineView): boolean {
  const open: readonly Unsubscription['status'][] = ['OPERATOR_CONFIRMING', 'REQUESTED', 'APPROVED'];
  return status === 'COMPLETED' && unsubscription !== null && open.includes(unsubscription.status);
}
