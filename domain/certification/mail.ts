import type { Site } from '../schemas/order';
import type { CertificationNode } from './certification';

/** The moments of a certification that people are written to. */
export const CERTIFICATION_MAIL_KINDS = [
  /** To operators: a review is due. */
  'certification-submitted',
  /** To operators: it was due, and is not done. */
  'certification-overdue',
  /** To the seller: the verdicts. */
  'certification-approved',
  'certification-rejected',
  /** To the seller: it may submit again. */
  'certification-reopened',
] as const;
export type CertificationMailKind = (typeof CERTIFICATION_MAIL_KINDS)[number];

/** One mail about a certification to one party: all that its workflow knows of it. No address, no name, no secret. */
export interface CertificationMail {
  /** The same in each repetition; `Message-ID` is made of it. */
  id: string;
  kind: CertificationMailKind;
  to: 'seller' | 'operator';
  sellerId: string;
  site: Site;
  node: CertificationNode;
  /** Until when the review is, or was, due (epoch milliseconds); null for none. */
  dueAt: number | null;
  /** Rejected once too often: an operator has to reopen it first. */
  locked: boolean;
  /** The operator's reason, to be quoted as it is; null for none. */
  quote: string | null;
}
