import { ZONE_OFFSET } from '../time';

/** An account period (账期): a calendar month of the business zone as `yyyymm`, for example `202610` (domain.md 5.1). */
export type AccountPeriod = string;

/** The account period that a moment (epoch milliseconds) is in. */
export function accountPeriodOf(ms: number): AccountPeriod {
  return new Date(ms + ZONE_OFFSET).toISOString().slice(0, 7).replace('-', '');
}

/** The first moment after a period (epoch milliseconds): a run bills what was completed before it. */
export function cutOffOf(period: AccountPeriod): number {
  return monthsInto(period, 1);
}

/** The last period that is over at a moment (epoch milliseconds). */
export function lastPeriodOver(ms: number): AccountPeriod {
  return accountPeriodOf(monthsInto(accountPeriodOf(ms), -1));
}

/** The first moment of the month that is so many months after a period. */
function monthsInto(period: AccountPeriod, months: number): number {
  return Date.UTC(Number(period.slice(0, 4)), Number(period.slice(4)) - 1 + months) - ZONE_OFFSET;
}

/** Whether a text is an account period of this century. */
export function isAccountPeriod(text: string): text is AccountPeriod {
  return /^20\d\d(0[1-9]|1[0-2])$/.test(text);
}
