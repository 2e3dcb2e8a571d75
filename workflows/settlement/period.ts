import { cutOffOf, isAccountPeriod } from '../../domain/ledger/account-period';
import { formatTime } from '../../domain/time';
import { refusal } from '../refusal';

/** Whoever starts a run, from the Temporal UI too, cannot bill a month that goes on. */
export function refuseUnfinished(period: string): void {
  if (!isAccountPeriod(period)) throw refusal('PERIOD_INVALID', { period });
  const end = cutOffOf(period);
  if (end > Date.now()) throw refusal('PERIOD_NOT_OVER', { period, from: formatTime(end) });
}
