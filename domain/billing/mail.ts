import type { Money } from '../money';
import type { Invoice } from './invoice';
import type { BillNode } from './nodes';

/** Whom mails about bills go to. */
export type BillMailRecipient = 'seller' | 'operator';

/** The moments of a bill that people are written to. Each has a text in both languages in `activities/mail/`. */
export const BILL_MAIL_KINDS = [
  /** It is the recipient's move in this node. */
  'bill-your-move',
  /** The seller does not agree with the bill. */
  'bill-objected',
  /** Before the time limit of the recipient's move. */
  'bill-reminder',
  /** The time limit of the step is over. */
  'bill-overdue',
  'bill-invoice-rejected',
  'bill-invoice-validated',
  /** The seller asks how far it is. */
  'bill-progress-asked',
  'bill-payment-failed',
  'bill-paid',
  /** Closed without payment. */
  'bill-settled',
] as const;
export type BillMailKind = (typeof BILL_MAIL_KINDS)[number];

/** What of an invoice stands in mails: by it papers are found. */
export type InvoiceNumbers = Pick<Invoice, 'number' | 'courierNumber' | 'paymentRequestNumber'>;

/** One mail about a bill: all that its workflow knows of it. No address, no name. */
export interface BillMail {
  /** `bill/<billId>/M<n>`; the same in each repetition. */
  id: string;
  kind: BillMailKind;
  to: BillMailRecipient;
  billId: string;
  sellerId: string;
  node: BillNode;
  payable: Money;
  /** Epoch milliseconds; null for none. */
  dueAt: number | null;
  invoice: InvoiceNumbers | null;
  /** What a party said, to be quoted as it is: untrusted. Null for none. */
  quote: string | null;
}
