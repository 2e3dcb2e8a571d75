import type { AppInfo } from './app-info';
import type { AutoAcceptanceState } from './auto-acceptance';
import type { Invoice } from './billing/invoice';
import type { BillLogEntry, BillView } from './billing/life';
import type { Command } from './commands';
import type { BillVariant } from './ledger/transaction';
import type { LogisticsInfo, ParcelState, Recipient } from './logistics';
import type { Money } from './money';
import type { Node, Status } from './nodes';
import type { Allowed, Attachment, Unsubscription, Verdict } from './order-line';
import type { Role, WaitingFor } from './parties';
import type { Language } from './schemas/primitives';
import type { Charging, Delivery, Site } from './schemas/order';
import type { Term } from './windows';

/** One entry of a line's log at the API. */
export interface LogEntryAnswer {
  /** ISO 8601 with offset. */
  at: string;
  by: Role | 'steward';
  command: Command | null;
  from: Node;
  to: Node;
  note: string;
  /** What the party handed in. */
  attachments?: Attachment[] | undefined;
}

/** An appeal at the API. */
export interface AppealAnswer {
  status: 'OPEN' | 'RESOLVED';
  by: Role;
  reason: string;
  proof: Attachment[];
  /** ISO 8601 with offset. */
  openedAt: string;
  resolution: { verdict: Verdict; reason: string } | null;
}

/** A parcel at the API; times are ISO 8601 with offset. */
export interface ShipmentAnswer {
  /** From 1; a correction and a shipping anew count on. */
  n: number;
  /** Kuaidi100's code of the carrier. */
  carrier: string;
  trackingNumber: string;
  shippedAt: string;
  /** Only with `VALID` does a signature lead to automatic acceptance (domain.md 2.7). */
  info: LogisticsInfo;
  /** Null until the carrier has said something. */
  state: ParcelState | null;
  /** Since when, by the carrier's clock. */
  stateAt: string | null;
  learnedAt: string | null;
}

/** How the buyer is reached: for the line's seller and for mails, never in a workflow. */
export interface BuyerContact {
  name: string;
  email: string;
  phone: string;
  language: Language;
}

/** An order line in a list: its view without the log and without anything secret. */
export interface OrderLineSummary {
  orderId: string;
  orderLineId: string;
  workflowId: string;
  /** 0 until the workflow has said something; it only grows. */
  revision: number;
  sellerId: string;
  buyerId: string;
  productId: string;
  skuId: string;
  amount: Money;
  charging: Charging;
  delivery: Delivery;
  status: Status;
  node: Node;
  nodeName: { en: string; zh: string };
  waitingFor: WaitingFor;
  /** The commands that are possible now, of all roles. */
  allowed: Allowed[];
  /** ISO 8601 with offset; null when no time limit runs. */
  dueAt: string | null;
  /** `dueAt` rests on a year whose holidays are not announced yet. */
  provisional: boolean;
  instanceId: string | null;
  unsubscription: Unsubscription | null;
  /** The latest one; appeals exist only for supervised deliveries. */
  appeal: AppealAnswer | null;
  /** Present for deliveries by licence code; ISO 8601 with offset. */
  license: { claimedAt: string | null; activatedAt: string | null } | null;
  /** Goods only: the parcel; null while nothing is shipped. */
  shipment: ShipmentAnswer | null;
  /** Whether the system will accept the parcel, and when (ISO 8601 with offset); null while there is none. */
  autoAcceptance: { state: AutoAcceptanceState; at: string | null } | null;
  /** How often the buyer has had the goods go elsewhere. */
  addressChanges: number;
  /** When the order was completed, and from when until when it is good (domain.md 2.0); ISO 8601 with offset. */
  completedAt: string | null;
  validFrom: string | null;
  /** Null also for what was bought once and for all. */
  validUntil: string | null;
  /** Until then its buyer may `unsubscribe` it without reason (domain.md 3.1); ISO 8601 with offset. */
  fiveDaysUntil: string | null;
  /** Of an image, the version that was bought. */
  assetVersion: string | null;
}

/** An order line as one of its parties sees it (design §5, "View"). */
export interface OrderLineAnswer extends OrderLineSummary {
  log: LogEntryAnswer[];
  /** The rules that the line began with, by the names of the release of that day (`domain/windows.ts`). */
  windows: Record<string, number | Term>;
  /** In the seller's copy only. */
  buyer?: BuyerContact | undefined;
  /** To whom goods go now; in the copies of seller and buyer only. */
  recipient?: Recipient | undefined;
  /** In the buyer's copy only, once the line is `COMPLETED`. */
  appInfo?: AppInfo | undefined;
  /** In the buyer's copy only, once the buyer has claimed it. */
  licenseCode?: string | undefined;
}

/** Answer of `POST /v1/orders` and `GET /v1/orders/{orderId}`: the lines that the caller may see. */
export interface OrderAnswer {
  orderId: string;
  lines: OrderLineAnswer[];
}

/** Answer of every list; `nextCursor` is null on the last page. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** Answer of `PUT /v1/sellers/{id}`; the access key is never returned. */
export interface SellerAnswer {
  sellerId: string;
  name: string;
  email: string;
  language: Language;
}

/** Answer of `PUT /v1/sellers/{id}/products/{productId}`. */
export interface ProductAnswer {
  sellerId: string;
  productId: string;
  name: string;
  productionUrl: string | null;
  /** Basis points. */
  feeRate: number;
}

/** Answer of `POST /v1/licenses/activate`. */
export interface ActivationAnswer {
  orderId: string;
  orderLineId: string;
  /** ISO 8601 with offset. */
  activatedAt: string;
}

/** Answer of `POST /v1/licenses/heartbeat`. */
export interface HeartbeatAnswer {
  orderId: string;
  orderLineId: string;
  /** ISO 8601 with offset. */
  at: string;
}

/** Answer of `POST /v1/orders/{orderId}/record-repayment`. */
export interface RepaymentAnswer {
  orderId: string;
  /** ISO 8601 with offset. */
  repaidAt: string;
}

/** Answer of `POST /v1/sellers/{id}/record-deposit`. */
export interface DepositAnswer {
  sellerId: string;
  depositId: string;
  amount: Money;
}

/** A bill in a list; money of all sorts is of one currency. */
export interface BillSummary extends Pick<BillView, 'revision' | 'node' | 'waitingFor' | 'allowed'> {
  billId: string;
  workflowId: string;
  sellerId: string;
  period: string;
  site: Site;
  variant: BillVariant;
  transactions: number;
  gross: Money;
  refunds: Money;
  fee: Money;
  net: Money;
  carriedIn: Money;
  depositUsed: Money;
  owed: Money;
  carriedOut: Money;
  /** By operators, with their reasons in the log. */
  adjusted: Money;
  /** With all adjustments. */
  payable: Money;
  nodeName: { en: string; zh: string };
  /** When the present step is due; ISO 8601 with offset, null where there is no limit. */
  dueAt: string | null;
  /** `dueAt` rests on a year whose holidays are not announced yet. */
  provisional: boolean;
  overdue: boolean;
}

/** Answer of `GET /v1/bills/{billId}` and of every command; times are ISO 8601 with offset. */
export interface BillDetails extends BillSummary {
  /** The latest one. */
  invoice:
    | (Omit<Invoice, 'submittedAt' | 'signedAt' | 'verdictAt'> & {
        submittedAt: string;
        signedAt: string | null;
        verdictAt: string | null;
      })
    | null;
  payment: { paymentId: string; at: string } | null;
  log: (Omit<BillLogEntry, 'at'> & { at: string })[];
}

/** Answer of `POST /v1/logistics-events`. */
export interface LogisticsEventAnswer {
  /** How many order lines that have the parcel were told; whether it is news each decides itself. */
  lines: number;
}

/** RFC 9457 body of every error; `code` comes from the catalogue in `domain/errors.ts`. */
export interface Problem {
  /** `urn:steward:error:<code>` */
  type: string;
  title: string;
  status: number;
  /** For people: what is wrong and what to do next. */
  detail: string;
  code: string;
  /** Path of the request. */
  instance: string;
  /** Under which the log has it. */
  requestId: string;
}
