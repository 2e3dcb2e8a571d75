import type { BundleAsk, BundleReply } from '../domain/bundle';
import type { CertificationKey, CertificationView } from '../domain/certification/certification';
import type { CertificationMail } from '../domain/certification/mail';
import type { BillView } from '../domain/billing/life';
import type { BillMail } from '../domain/billing/mail';
import type { PlatformEvent, RefundRequest } from '../domain/events';
import type { ParcelNews, TrackParcelInput } from '../domain/logistics';
import type {
  RunClosed,
  RunKey,
  RunOpened,
  RunOrder,
  RunPreview,
  SellersBilled,
} from '../domain/ledger/bill';
import type { MailRequest } from '../domain/mail';
import type { LineView } from '../domain/order-line';
import type {
  NewInstanceAnswer,
  QueryInstanceAnswer,
  QueryInstanceInput,
  ReleaseInstanceInput,
  SellerCallInput,
} from '../domain/seller-calls';

/**
 * The seller's production interface (domain.md 1). Each fails with `SELLER_CALL_FAILED` and one
 * `SellerException` as detail when the seller is at fault, with `INTERNAL` when we are.
 */
export interface ProductionActivities {
  newInstance: (input: SellerCallInput) => Promise<NewInstanceAnswer>;
  queryInstance: (input: QueryInstanceInput) => Promise<QueryInstanceAnswer>;
  releaseInstance: (input: ReleaseInstanceInput) => Promise<void>;
  /** Tells the seller that there is an order to deliver (domain.md 1.11); it reads it from the API. */
  orderNotify: (input: SellerCallInput) => Promise<void>;
}

/** The marketplace platform (design §5). A repetition under the same id is taken once. */
export interface PlatformActivities {
  /** Fails with `REFUND_REFUSED` (not retried) or `PLATFORM_UNAVAILABLE` (retried). */
  refund: (input: RefundRequest) => Promise<void>;
  /**
   * Delivers in order, as many as there is time for: `done` of them, from the first. Events that the
   * platform refuses for good come back and hold nothing up.
   */
  deliverEvents: (input: {
    events: PlatformEvent[];
  }) => Promise<{ done: number; refused: { id: string; reason: string }[] }>;
}

/** The order registry, written by a local activity: cheap, and the newest revision wins. */
export interface RegistryActivities {
  publishView: (input: { orderId: string; orderLineId: string; view: LineView }) => Promise<void>;
}

/** The registry of certifications (domain.md 6.1), written by a local activity: the newest revision wins. */
export interface CertificationActivities {
  publishCertification: (input: CertificationKey & { view: CertificationView }) => Promise<void>;
}

/** Mail (design §8). */
export interface MailActivities {
  /**
   * Sends one mail, once for its id: a repetition after it went out does nothing. Fails with the retryable
   * `MAIL_UNAVAILABLE` (4xx, no connection) or with `MAIL_REFUSED` (5xx, an address that cannot be used).
   */
  sendMail: (input: MailRequest) => Promise<void>;
  /** The same for a mail about a seller's certification. */
  sendCertificationMail: (input: CertificationMail) => Promise<void>;
  /** The same for a mail about a bill. */
  sendBillMail: (input: BillMail) => Promise<void>;
}

/** The end of a term, and whether it rests on years that the calendar does not know yet. */
export interface WorkingDaysAnswer {
  /** Epoch milliseconds: 24:00 (UTC+8) of the last working day. */
  until: number;
  provisional: boolean;
}

/** China's working days (design §4), by a local activity: the answer stays in the history. */
export interface CalendarActivities {
  /** When `days` working days after `from` (epoch milliseconds) are over. */
  addWorkingDays: (input: { from: number; days: number }) => Promise<WorkingDaysAnswer>;
}

/** Licence codes (domain.md 2.4): they live encrypted in SQL, and no workflow ever sees one. */
export interface LicenseActivities {
  /** Makes the line's code unless it has one. */
  issueLicense: (input: { orderId: string; orderLineId: string; sellerId: string }) => Promise<void>;
}

/** Carriers (domain.md 2.7). */
export interface LogisticsActivities {
  /**
   * Asks the carrier once; answers with what is news beside `known`. No news, a parcel that it does not know yet and
   * a carrier that is away end in a retryable, benign `NO_PARCEL_NEWS`: the retry policy of the caller says how
   * often to ask, so that months of waiting cost no history (design §7).
   */
  trackParcel: (input: TrackParcelInput) => Promise<ParcelNews>;
}

/** The quota of unsubscriptions without reason (domain.md 3.1). */
export interface QuotaActivities {
  /**
   * Takes one of the buyer's ten of the calendar year (Asia/Shanghai) of `at`, once for an order line: a repetition
   * answers as before.
   */
  takeUnsubscription: (input: {
    orderId: string;
    orderLineId: string;
    buyerId: string;
    /** Epoch milliseconds. */
    at: number;
  }) => Promise<{ taken: boolean }>;
}

/** The lines of a bundle, as its own workflow reaches them: no workflow can give another one an update. */
export interface BundleActivities {
  /**
   * Asks one step of one line, and takes effect once however often it is repeated. A refusal is an answer; without
   * one it fails with the retryable `TRY_AGAIN`.
   */
  askLine: (input: BundleAsk) => Promise<BundleReply>;
}

/**
 * The monthly billing run (domain.md 5.1). Each one changes nothing when it is repeated, whether its worker was killed
 * or its answer lost, and then answers as before.
 */
export interface LedgerActivities {
  /**
   * Fixes the run of a period: who is due. Fails with the retryable `EARLIER_RUN_OPEN` while the run of an earlier
   * period of the site is not closed: months are billed one after the other, and with `PERIOD_NOT_OVER` (not retried)
   * where a month may not be closed early.
   */
  openRun: (input: RunOrder) => Promise<RunOpened>;
  /**
   * Bills the next sellers by id, at most `limit` and about 20,000 transactions, in one SQL transaction. Fails with
   * `RUN_NOT_OPEN` (not retried) when the run was never opened.
   */
  billSellers: (
    input: RunKey & {
      /** `last` of the page before; null for the first one. */
      after: string | null;
      limit: number;
    },
  ) => Promise<SellersBilled>;
  /** Ends a run, and sums it up. Fails with `RUN_NOT_BILLED` (not retried) while a seller is still to be billed. */
  closeRun: (input: RunKey) => Promise<RunClosed>;
  /** What the run would do now; writes nothing. After `openRun`: what it has still to do. */
  previewRun: (input: RunKey) => Promise<RunPreview>;
}

/** A page of bills whose workflows were started. */
export interface BillsStarted {
  started: number;
  /** The last one, after which the next page begins; null when the page is empty. */
  last: string | null;
  /** None follows. */
  done: boolean;
}

/** The life of bills (domain.md 5.2, 5.3). Each one changes nothing when it is repeated. */
export interface BillActivities {
  /** Writes what a bill looks like into SQL, by a local activity: cheap, and the newest revision wins. */
  publishBill: (input: { billId: string; view: BillView }) => Promise<void>;
  /**
   * Takes the number of an invoice for the bill's n-th submission, for ever; not when another submission, of this bill
   * or another, has had it.
   */
  claimInvoice: (input: {
    billId: string;
    submission: number;
    number: string;
  }) => Promise<{ claimed: boolean }>;
  /** Posts the bill's n-th adjustment; less is paid when the amount is negative. */
  adjustBill: (input: { billId: string; n: number; amountMinor: number }) => Promise<void>;
  /** Posts that the bill was paid; a second payment changes nothing. */
  payBill: (input: { billId: string; paymentId: string; amountMinor: number }) => Promise<void>;
  /** Starts the next bills of a run that were not started yet. */
  startBills: (
    input: RunKey & {
      /** `last` of the page before; null for the first one. */
      after: string | null;
    },
  ) => Promise<BillsStarted>;
}

/** All that workflows can do to the outside. Workflows import this type and nothing else of this room. */
export type Activities = ProductionActivities &
  PlatformActivities &
  RegistryActivities &
  CertificationActivities &
  MailActivities &
  CalendarActivities &
  LicenseActivities &
  LogisticsActivities &
  QuotaActivities &
  LedgerActivities &
  BillActivities &
  BundleActivities;
