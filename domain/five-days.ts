import type { ErrorCode, ErrorParams } from './errors';
import type { Node, Status } from './nodes';
import type { OrderLine } from './order-line';
import type { Delivery } from './schemas/order';
import { formatTime, ZONE_OFFSET } from './time';

/** How many lines one buyer account may unsubscribe without reason in a calendar year (domain.md 3.1). */
export const UNSUBSCRIPTIONS_A_YEAR = 10;

/** What is delivered without supervision and, bought for a period, goes back without reason (domain.md 3.1). */
const DELIVERIES: readonly Delivery[] = ['saas', 'image'];

/** What decides whether the five days are there. */
type Bought = Pick<OrderLine, 'orderId' | 'delivery' | 'charging' | 'trial' | 'bundle'>;

/**
 * Whether its buyer may unsubscribe a line without reason for five days after its completion. Bundles are unsubscribed
 * as a whole only (domain.md 3.1).
 */
export function hasFiveDays({ delivery, charging, trial, bundle }: Bought): boolean {
  return DELIVERIES.includes(delivery) && charging.mode === 'PERIOD' && !trial && !bundle;
}

/**
 * Why `unsubscribe` is never possible for a line, or no more; undefined when it is only a question of its node.
 *
 * @param fiveDaysUntil missing in views of releases before 0.3.0
 */
export function whyNoFiveDays(
  line: Bought,
  { status, node, fiveDaysUntil }: { status: Status; node: Node; fiveDaysUntil?: number | null },
): { code: ErrorCode; params?: ErrorParams } | undefined {
  if (line.trial) return { code: 'TRIAL_NOT_REFUNDABLE' };
  if (line.bundle) {
    return { code: 'BUNDLE_ONLY', params: { orderId: line.orderId, command: 'request-unsubscription' } };
  }
  if (!hasFiveDays(line)) {
    return { code: 'NO_FIVE_DAYS', params: { delivery: line.delivery, mode: line.charging.mode } };
  }
  const over = status === 'COMPLETED' && node === 'ENDED' && fiveDaysUntil != null;
  return over ? fiveDaysOver(fiveDaysUntil) : undefined;
}

/** @param until epoch milliseconds */
export function fiveDaysOver(until: number): { code: ErrorCode; params: ErrorParams } {
  return { code: 'FIVE_DAYS_OVER', params: { at: formatTime(until) } };
}

/** The calendar year of a moment in the business zone: the quota counts anew in each. */
export function quotaYear(ms: number): number {
  return new Date(ms + ZONE_OFFSET).getUTCFullYear();
}
