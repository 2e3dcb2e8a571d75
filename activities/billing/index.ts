import type { BillWindows } from '../../domain/billing/windows';
import type { BillActivities } from '../contracts';
import type { BillBooks, BillStarter } from './ports';
import { startPage } from './start-page';

export interface BillDeps {
  bills: BillBooks;
  billStarter: BillStarter;
  /** The rules that new bills begin with. */
  billWindows: BillWindows;
}

/** What the life of a bill does to the outside (domain.md 5.2, 5.3), apart from its mails. */
export function createBillActivities(deps: BillDeps): BillActivities {
  const { bills } = deps;
  return {
    publishBill: ({ billId, view }) => bills.save(billId, view),
    claimInvoice: async (claim) => ({ claimed: await bills.claimInvoice(claim) }),
    adjustBill: (adjustment) => bills.adjust(adjustment),
    payBill: (payment) => bills.pay(payment),
    startBills: ({ site, period, after }) => startPage(deps, { run: { site, period }, after }),
  };
}
