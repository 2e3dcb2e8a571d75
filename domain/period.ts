import type { Charging } from './schemas/order';
import { ZONE_OFFSET } from './time';

/**
 * When what was bought for a period ends: the same day and time of the month or year that it leads to, in
 * the business zone, or that month's last day when it is shorter. Null for what was bought without a period.
 *
 * @param from epoch milliseconds
 */
export function endOfPeriod(from: number, { period }: Charging): number | null {
  if (!period) return null;
  const months = period.unit === 'YEAR' ? 12 * period.n : period.n;
  const date = new Date(from + ZONE_OFFSET);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime() - ZONE_OFFSET;
}
