import type { AutoAcceptanceState } from './auto-acceptance';
import type { BillMail } from './billing/mail';
import type { CertificationMail } from './certification/mail';
import type { Money } from './money';
import type { Node } from './nodes';

/** Whom a mail goes to; the address is looked up when it is sent and never enters a workflow. */
export type MailRecipient = 'seller' | 'buyer' | 'operator';

/** The moments that people are written to (design §8). Each has a text in both languages in `activities/mail/`. */
export const MAIL_KINDS = [
  /** A due call to the seller failed. */
  'call-failed',
  /** The seller opened the instance. */
  'opened',
  /** It is the recipient's move in this node of a supervised delivery. */
  'your-move',
  'completed',
  'unsubscribed',
  'closed',
  'refund-stuck',
  'release-unconfirmed',
  /** To the seller: a create went unanswered; whatever it made has to go. */
  'remove-instance',
  /** To the seller: the goods are to go elsewhere. */
  'address-changed',
  /** To the buyer: the goods are signed for, and will be accepted by the system. */
  'parcel-signed',
  /** The system will not accept the goods: the mail says why. */
  'no-automatic-acceptance',
  /** To the buyer, on behalf of the seller: the goods are not accepted yet. */
  'acceptance-reminder',
  /** To operators: the buyer wants to unsubscribe goods that are in transit. */
  'unsubscription-in-transit',
  'unsubscription-refused',
  'unsubscription-requested',
  'unsubscription-rejected',
  'unsubscription-withdrawn',
  /** The seller has not answered a requested unsubscription in time. */
  'unsubscription-overdue',
  'appeal-opened',
  /** No operator has resolved the appeal in time. */
  'appeal-overdue',
  'appeal-resolved',
] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/** One mail to one party: all that a workflow knows of it. No address, no name, no secret. */
export interface MailRequest {
  /** `<orderLineId>-M<n>`; the same in each repetition, and what `Message-ID` is made of. */
  id: string;
  kind: MailKind;
  to: MailRecipient;
  orderId: string;
  orderLineId: string;
  sellerId: string;
  productId: string;
  /** Where the line stands. */
  node: Node;
  /** The time limit that the mail speaks of, epoch milliseconds; null for none. */
  dueAt: number | null;
  /** The money that it speaks of; null for none. */
  amount: Money | null;
  /** Whether a shipped delivery will be accepted by the system; missing or null where that is not the question. */
  acceptance?: AutoAcceptanceState | null;
  /** What a party or a seller's system said, to be quoted as it is: untrusted. Null for none. */
  quote: string | null;
}

/** What is remembered of any mail: which one it is, and what it is about. */
export type MailRecord = Pick<MailRequest | BillMail | CertificationMail, 'id' | 'kind' | 'to'> &
  Partial<Pick<MailRequest, 'orderId' | 'orderLineId'> & Pick<BillMail, 'billId'>>;
