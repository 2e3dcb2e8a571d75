import type { ErrorCode, ErrorParams } from '../errors';
import { formatTime } from '../time';
import { cutOffOf, isAccountPeriod } from './account-period';

/**
 * Why a month cannot be billed at a moment (epoch milliseconds): it is none, or it goes on. Null when it can.
 */
export function periodFault(period: string, now: number): { code: ErrorCode; params: ErrorParams } | null {
  if (!isAccountPeriod(period)) return { code: 'PERIOD_INVALID', params: { period } };
  const cutOff = cutOffOf(period);
  if (cutOff <= now) return null;
  return { code: 'PERIOD_NOT_OVER', params: { period, from: formatTime(cutOff) } };
}
