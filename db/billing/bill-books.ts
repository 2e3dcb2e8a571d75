import type { BillView } from '../../domain/billing/life';
import type { RunKey } from '../../domain/ledger/bill';
import type { Database } from '../connect';
import { adjustBill, payBill } from '../ledger/bill-payments';
import { saveBillView } from './bill-views';
import { unstartedBills } from './bills';
import { claimInvoiceNumber } from './invoice-numbers';

/** What bills leave in SQL: the bill activities' `BillBooks`. */
export function billBooks(db: Database) {
  return {
    save: (billId: string, view: BillView) => saveBillView(db, billId, view),
    claimInvoice: (claim: Parameters<typeof claimInvoiceNumber>[1]) => claimInvoiceNumber(db, claim),
    adjust: (adjustment: Parameters<typeof adjustBill>[1]) => adjustBill(db, adjustment),
    pay: (payment: Parameters<typeof payBill>[1]) => payBill(db, payment),
    unstarted: (page: { run?: RunKey; after: string | null; limit: number }) => unstartedBills(db, page),
  };
}
