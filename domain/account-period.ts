import { ZONE_OFFSET } from './time';

const PERIOD = /^(20\d\d)(0[1-9]|1[0-2])$/;

/** Whether a text is an account period (domain.md 5.1): a calendar month of this century, `YYYYMM`. */
export function isAccountPeriod(text: string): boolean {
  return PERIOD.test(text);
}

/**
 * The month before the one in which a moment lies in the business zone: what a billing run of that moment bills.
 *
 * @param moment epoch milliseconds
 */
export function periodBefore(moment: number): string {
  const date = new Date(moment + ZONE_OFFSET);
  const before = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - 1));
  return before.toISOString().slice(0, 7).replace('-', '');
}

/** When a period is over: 24:00 of the month's last day in the business zone, in epoch milliseconds. */
export function periodEnd(period: string): number {
  const [, year, month] = PERIOD.exec(period) ?? [];
  return Date.UTC(Number(year), Number(month)) - ZONE_OFFSET;
}
