import type { BillStart, BillView } from '../../domain/billing/life';
import type { Bill, RunKey } from '../../domain/ledger/bill';

/** What bills leave in SQL; see `BillActivities` for what each does. */
export interface BillBooks {
  save(billId: string, view: BillView): Promise<void>;
  claimInvoice(claim: { billId: string; submission: number; number: string }): Promise<boolean>;
  adjust(adjustment: { billId: string; n: number; amountMinor: number }): Promise<void>;
  pay(payment: { billId: string; paymentId: string; amountMinor: number }): Promise<void>;
  /** Bills without a view, by id, at most `limit` of those after one of them. */
  unstarted(page: { run?: RunKey; after: string | null; limit: number }): Promise<Bill[]>;
}

/** Starts the workflows of bills. */
export interface BillStarter {
  /** One that was started before is left alone. */
  start(start: BillStart): Promise<void>;
}
