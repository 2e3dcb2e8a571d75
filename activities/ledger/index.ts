import { ApplicationFailure } from '@temporalio/common';
import { StewardError } from '../../domain/errors';
import type { RunOrder } from '../../domain/ledger/bill';
import { periodFault } from '../../domain/ledger/period-fault';
import type { LedgerActivities } from '../contracts';
import type { BillingRuns } from './ports';

export interface LedgerDeps {
  billing: BillingRuns;
  /** Whether a month may be closed before it is over: only in the demo, whose days are seconds. Default: false. */
  closesEarly?: boolean | undefined;
}

/** The monthly billing run (domain.md 5.1): a page of sellers at a time, so that a worker's death costs one page. */
export function createLedgerActivities({ billing, closesEarly = false }: LedgerDeps): LedgerActivities {
  const open = async ({ asOf, ...run }: RunOrder) => {
    if (closesEarly) return billing.open({ ...run, asOf });
    const fault = periodFault(run.period, Date.now());
    if (fault) throw new StewardError(fault.code, fault.params);
    return billing.open(run);
  };
  return {
    openRun: ({ site, period, asOf }) => coded(open({ site, period, asOf })),
    billSellers: ({ site, period, after, limit }) =>
      coded(billing.billSellers({ site, period }, { after, limit })),
    closeRun: ({ site, period }) => coded(billing.close({ site, period })),
    previewRun: ({ site, period }) => coded(billing.preview({ site, period })),
  };
}

/** Refusals keep their code; only that of a month that is too early passes by itself. */
async function coded<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof StewardError)) throw error;
    const { code: type, message } = error;
    throw ApplicationFailure.create({ type, message, nonRetryable: type !== 'EARLIER_RUN_OPEN' });
  }
}
