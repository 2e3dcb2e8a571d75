import type { Charging } from './schemas/order';

/** The business zone, Asia/Shanghai: UTC+8 all year since 1991. */
const OFFSET = 8 * 3_600_000;

/**
 * When what was bought for a period ends: the same day and time of the month or year that it leads to, in
 * the business zone, or that month's last day when it is shorter. Null for what was bought without a period.
 *
 * @param from epoch milliseconds
 */
export function endOfPeriod(from: number, { period }: Charging): number | null {
  if (!period) return null;
  const months = period.unit === 'YEAR' ? 12 * period.n : period.n;
  const date = new Date(from + OFFSET);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime() - OFFSET;
}
