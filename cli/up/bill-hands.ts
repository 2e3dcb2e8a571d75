import type { BillDetails } from '../../client';
import type { BillCommand } from '../../domain/billing/commands';
import type { BillFlowName } from '../../domain/billing/flows';
import type { BillNode } from '../../domain/billing/nodes';
import type { BillBody } from '../../domain/schemas/bills';
import type { DemoClients } from './clients';

/** A move in the life of a bill that the demo makes for the people of the seller and of the marketplace. */
export interface BillHand {
  node: BillNode;
  /** Not before its step is overdue. */
  overdue: boolean;
  give(clients: DemoClients, bill: BillDetails, idempotencyKey: string): Promise<BillDetails>;
}

/** What is done to the samples' bills, one hand after the other: each moves its bill, or leaves an entry in its log. */
export const BILL_HANDS: Record<BillFlowName, readonly BillHand[]> = {
  // The first invoice has a fault, and is issued again.
  joint: [
    hand('UNDER_REVIEW', 'operator', 'review-pass'),
    hand('AWAITING_CONFIRMATION', 'seller', 'confirm-bill'),
    hand('AWAITING_INVOICE', 'seller', 'submit-invoice', invoice('1')),
    hand('INVOICE_SENT', 'operator', 'sign-for-invoice'),
    hand('INVOICE_VALIDATING', 'operator', 'reject-invoice', () => ({
      reason: 'The tax number of Huawei Cloud is another one.',
    })),
    hand('AWAITING_INVOICE', 'seller', 'submit-invoice', invoice('2')),
    hand('INVOICE_SENT', 'operator', 'sign-for-invoice'),
    hand('INVOICE_VALIDATING', 'operator', 'validate-invoice'),
    hand('PAYING', 'operator', 'record-payment', payment),
  ],
  // Its invoice is validated only after the time for that is over.
  international: [
    hand('UNDER_REVIEW', 'operator', 'review-pass'),
    hand('AWAITING_INVOICE', 'seller', 'submit-invoice', invoice('1')),
    hand('INVOICE_SENT', 'operator', 'sign-for-invoice'),
    { ...hand('INVOICE_VALIDATING', 'operator', 'validate-invoice'), overdue: true },
    hand('PAYING', 'operator', 'record-payment', payment),
  ],
  // The bank sends the first payment back.
  general: [
    hand('UNDER_REVIEW', 'operator', 'review-pass'),
    hand('COUNTERSIGNING', 'operator', 'countersign'),
    hand('PAYING', 'operator', 'payment-failed', () => ({ reason: 'The bank does not know the account.' })),
    hand('PAYING', 'operator', 'record-payment', payment),
  ],
};

function hand<C extends BillCommand>(
  node: BillNode,
  by: 'seller' | 'operator',
  command: C,
  dataOf: (bill: BillDetails) => BillBody<C> = () => ({}) as BillBody<C>,
): BillHand {
  return {
    node,
    overdue: false,
    give: (clients, bill, idempotencyKey) =>
      clients[by].billCommand(bill.billId, command, dataOf(bill), { idempotencyKey }),
  };
}

/** No two bills have the same number, nor two submissions. */
function invoice(n: string) {
  return ({ period, site, variant, payable }: BillDetails): BillBody<'submit-invoice'> => ({
    number: `INV-${period}-${site}-${variant}-${n}`.toUpperCase(),
    amount: payable,
    taxRate: 600,
    courierNumber: `SF${period}000${n}`,
    paymentRequestNumber: `PR-${period}-${n}`,
  });
}

function payment({ period, site, variant }: BillDetails): BillBody<'record-payment'> {
  return { paymentId: `PAY-${period}-${site}-${variant}` };
}
