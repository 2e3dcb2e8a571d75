import { ApplicationFailure } from '@temporalio/common';
import { StewardError } from '../../domain/errors';
import type { LedgerActivities } from '../contracts';
import type { BillingRuns } from './ports';

export interface LedgerDeps {
  billing: BillingRuns;
}

/** The monthly billing run (domain.md 5.1): a page of sellers at a time, so that a worker's death costs one page. */
export function createLedgerActivities({ billing }: LedgerDeps): LedgerActivities {
  return {
    openRun: ({ site, period }) => coded(billing.open({ site, period })),
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
