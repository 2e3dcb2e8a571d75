import type { MailRecord } from '../../domain/mail';
import type { Language } from '../../domain/schemas/primitives';

/** Somebody who is written to. */
export interface Recipient {
  email: string;
  language: Language;
}

/** How mails leave, and what they say of their sender (settings, see `workers/settings.ts`). */
export interface MailAccess {
  /** `SMTP_URL`: see `smtp-url.ts`. */
  smtpUrl: string;
  /** `MAIL_FROM`: the sender's address; its domain stands in each `Message-ID`. */
  from: string;
  /** `OPERATOR_EMAIL` and `OPERATOR_LANGUAGE`: whoever runs the marketplace. */
  operator: Recipient;
  /** `STEWARD_ORDER_LINK`: see `order-link.ts`. */
  orderLink: string;
}

/** What is known of a mail; times in epoch milliseconds. */
export interface MailRow {
  createdAt: number;
  /** When the server had it; null until then. */
  sentAt: number | null;
  /** Why it was given up; null while it was not. */
  refused: string | null;
}

/** The rows that keep a mail from going out twice. */
export interface MailLog {
  /**
   * Takes a mail on, and claims it for one attempt that ends before `until`: `claimed` is false while another
   * process sends it, and for a mail that is out or given up. One that was taken on before keeps its first moment.
   */
  begin(mail: MailRecord, at: number, until: number): Promise<MailRow & { claimed: boolean }>;
  /** Gives a claim back: the attempt has failed and another one may follow at once. */
  release(id: string): Promise<void>;
  sent(id: string, at: number): Promise<void>;
  /** @param reason without any address */
  refused(id: string, reason: string): Promise<void>;
}

/** Looks parties and products up when a mail is sent; undefined for those that are unknown, or gone. */
export interface MailDirectory {
  seller(sellerId: string): Promise<Recipient | undefined>;
  buyer(orderId: string, orderLineId: string): Promise<Recipient | undefined>;
  productName(sellerId: string, productId: string): Promise<string | undefined>;
}
