import type {
  RunClosed,
  RunKey,
  RunOpened,
  RunOrder,
  RunPreview,
  SellersBilled,
} from '../../domain/ledger/bill';

/** The billing runs, in SQL; see `LedgerActivities` for what each does. */
export interface BillingRuns {
  open(run: RunOrder): Promise<RunOpened>;
  billSellers(run: RunKey, page: { after: string | null; limit: number }): Promise<SellersBilled>;
  close(run: RunKey): Promise<RunClosed>;
  preview(run: RunKey): Promise<RunPreview>;
}
