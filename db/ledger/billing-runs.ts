import type { RunKey, RunOrder } from '../../domain/ledger/bill';
import type { Database } from '../connect';
import { billSellers } from './bill-sellers';
import { previewRun } from './preview';
import { closeRun, openRun } from './runs';

/** The billing runs in SQL: the ledger activities' `BillingRuns`. */
export function billingRuns(db: Database) {
  return {
    open: (run: RunOrder) => openRun(db, run),
    billSellers: (run: RunKey, page: { after: string | null; limit: number }) => billSellers(db, run, page),
    close: (run: RunKey) => closeRun(db, run),
    preview: (run: RunKey) => previewRun(db, run),
  };
}
