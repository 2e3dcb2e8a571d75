import type { LedgerActivities } from '../contracts';
import type { BillingRuns } from './ports';

export interface LedgerDeps {
  billing: BillingRuns;
}

/** The monthly billing run: a page of sellers at a time, so that a worker's death costs one page. */
export function createLedgerActivities({ billing }: LedgerDeps): LedgerActivities {
  return {
    openRun: ({ site, period }) => billing.open({ site, period }),
    billSellers: ({ site, period, after, limit }) => billing.billSellers({ site, period }, { after, limit }),
    closeRun: ({ site, period }) => billing.close({ site, period }),
    previewRun: ({ site, period }) => billing.preview({ site, period }),
  };
}
