import { periodFault } from '../../domain/ledger/period-fault';
import { refusal } from '../refusal';

/** Whoever starts a run, from the Temporal UI too, cannot bill a month that goes on. */
export function refusePeriod(period: string): void {
  const fault = periodFault(period, Date.now());
  if (fault) throw refusal(fault.code, fault.params);
}
