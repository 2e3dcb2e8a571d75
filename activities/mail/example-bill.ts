import type { BillMail, BillMailKind, BillMailRecipient } from '../../domain/billing/mail';
import type { BillNode } from '../../domain/billing/nodes';
import { billMailId } from '../../domain/ids';

/** Who gets the mails about bills; the first one where a preview names none. */
export const BILL_RECIPIENTS: Record<BillMailKind, readonly [BillMailRecipient, ...BillMailRecipient[]]> = {
  'bill-your-move': ['seller', 'operator'],
  'bill-objected': ['operator'],
  'bill-reminder': ['seller', 'operator'],
  'bill-overdue': ['seller', 'operator'],
  'bill-invoice-rejected': ['seller'],
  'bill-invoice-validated': ['seller'],
  'bill-progress-asked': ['operator'],
  'bill-payment-failed': ['operator', 'seller'],
  'bill-paid': ['seller'],
  'bill-settled': ['seller'],
};

type Example = Pick<BillMail, 'quote'> & { node?: BillNode; due?: true; invoiced?: true; nothing?: true };

/** What each kind's example is about; without a node it is the recipient's move. */
const EXAMPLES: Record<BillMailKind, Example> = {
  'bill-your-move': { quote: null, due: true },
  'bill-objected': { node: 'UNDER_REVIEW', quote: 'CS2611-EXAMPLE was refunded.', due: true },
  'bill-reminder': { quote: null, due: true },
  'bill-overdue': { quote: null, due: true },
  'bill-invoice-rejected': {
    node: 'AWAITING_INVOICE',
    quote: 'The tax number is wrong.',
    due: true,
    invoiced: true,
  },
  'bill-invoice-validated': { node: 'PAYING', quote: null, invoiced: true },
  'bill-progress-asked': { node: 'PAYING', quote: null, due: true, invoiced: true },
  'bill-payment-failed': { node: 'PAYING', quote: 'The bank refused it.', due: true, invoiced: true },
  'bill-paid': { node: 'PAID', quote: null, invoiced: true },
  'bill-settled': { node: 'SETTLED', quote: null, nothing: true },
};

/** A node in which it is this party's move. */
const MOVES: Record<BillMailRecipient, BillNode> = { seller: 'AWAITING_INVOICE', operator: 'UNDER_REVIEW' };

const BILL_ID = 'seller-1/202611/china/joint/CNY';

/** A mail about a bill as its workflow could ask for it: for previews and tests. */
export function exampleBillMail(
  kind: BillMailKind,
  to: BillMailRecipient = BILL_RECIPIENTS[kind][0],
  node: BillNode = EXAMPLES[kind].node ?? MOVES[to],
): BillMail {
  const { quote, due, invoiced, nothing } = EXAMPLES[kind];
  return {
    ...{ id: billMailId(BILL_ID, 1), kind, to, billId: BILL_ID, sellerId: 'seller-1', node, quote },
    payable: { currency: 'CNY', minor: nothing ? 0 : 940_500 },
    dueAt: due ? Date.parse('2026-12-09T00:00:00+08:00') : null,
    invoice: invoiced
      ? { number: '24312000000012345678', courierNumber: null, paymentRequestNumber: 'PR-1' }
      : null,
  };
}
