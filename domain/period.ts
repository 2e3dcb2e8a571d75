import type { Charging } from './schemas/order';
import { ZONE_OFFSET } from './time';

/**
 * When what was bought for a period ends, see `monthsAfter`. Null for what was bought without a period.
 *
 * @param from epoch milliseconds
 */
export function endOfPeriod(from: number, { period }: Charging): number | null {
  if (!period) return null;
  return monthsAfter(from, period.unit === 'YEAR' ? 12 * period.n : period.n);
}

/**
 * The same day and time so many months later, in the business zone, or that month's last day when it is shorter; epoch
 * milliseconds.
 */
export function monthsAfter(from: number, months: number): number {
  const date = new Date(from + ZONE_OFFSET);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime() - ZONE_OFFSET;
}
