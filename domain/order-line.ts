import type { Command } from './commands';
import type { AutoAcceptance } from './auto-acceptance';
import type { Shipment } from './logistics';
import type { Money } from './money';
import type { Node, Status } from './nodes';
import type { Party, Role, WaitingFor } from './parties';
import type { Charging, Delivery, OrderType, Scene, Site, Trade } from './schemas/order';
import type { Windows } from './windows';

/** What a line is about, fixed when the platform hands it over. No personal data: that stays in SQL. */
export interface OrderLine {
  orderId: string;
  orderLineId: string;
  orderType: OrderType;
  site: Site;
  sellerId: string;
  buyerId: string;
  productId: string;
  skuId: string;
  delivery: Delivery;
  /** Default: `general`. Together they decide whether a delivery is reviewed (design §5). */
  scene?: Scene;
  trade?: Trade;
  charging: Charging;
  /** Paid by the buyer: no refund is ever larger. */
  amount: Money;
  trial: boolean;
  /** The order is unsubscribed as a whole only (domain.md 3.1); missing in lines older than that. */
  bundle?: boolean;
  /** The platform's fee in basis points, as it was when the order began. */
  feeRate: number;
  /** The seller has a production URL and is told of the order there; false in lines older than that. */
  notifies?: boolean;
  /** The version that was bought, for good (domain.md 6.4): of an image. */
  assetVersion?: string;
}

/** A document by reference. */
export interface Attachment {
  name: string;
  url: string;
  sha256: string;
}

/** One thing that happened to a line, for its parties to read. */
export interface LogEntry {
  /** From 1, without gaps. */
  seq: number;
  /** Epoch milliseconds inside, ISO 8601 at the API. */
  at: number;
  by: Role | 'steward';
  command: Command | null;
  from: Node;
  to: Node;
  note: string;
  /** What a party handed in with its command. */
  attachments?: Attachment[];
}

/**
 * The unsubscription machine (design §3): asked for by the buyer and answered by the seller, of goods in transit
 * after an operator has confirmed it (domain.md 3.1); one that Steward or an operator decides goes straight to
 * `APPROVED`. `REFUSED` is what comes to nothing by another one than the seller: an operator (a verdict,
 * `refuse-unsubscription`), a spent quota (domain.md 3.1), or the end of the bundle's request. After `REJECTED`,
 * `REFUSED` and `WITHDRAWN` another one can be asked for.
 */
export const UNSUBSCRIPTION_STATUSES = [
  'OPERATOR_CONFIRMING',
  'REQUESTED',
  'APPROVED',
  'REFUNDED',
  'REJECTED',
  'REFUSED',
  'WITHDRAWN',
] as const;
export interface Unsubscription {
  id: string;
  status: (typeof UNSUBSCRIPTION_STATUSES)[number];
  amount: Money;
  reason: string;
  /** In a bundle: this line's seller has approved, and the refund waits for those of the others. */
  agreed?: boolean | undefined;
}

/** The appeal machine (design §3): `NONE → OPEN → RESOLVED`. */
export interface Appeal {
  status: 'OPEN' | 'RESOLVED';
  by: Role;
  reason: string;
  proof: Attachment[];
  /** Epoch milliseconds. */
  openedAt: number;
  /** How an operator resolved it; null while it is open. */
  resolution: { verdict: Verdict; reason: string } | null;
}
export const VERDICTS = ['resume', 'complete', 'refund', 'close'] as const;
/** `close`: the order was closed while the appeal was open. */
export type Verdict = (typeof VERDICTS)[number];

/** How far a licence code has come (domain.md 2.4); epoch milliseconds. The code itself is in SQL only. */
export interface License {
  claimedAt: number | null;
  activatedAt: number | null;
}

/** From when and until when what was bought is good; epoch milliseconds (domain.md 2.0). */
export interface Completion {
  completedAt: number;
  /** The actual enabling time if the seller gave it, else that of the acceptance. */
  validFrom: number;
  /** Null for what was bought once and for all. */
  validUntil: number | null;
}

/** A command that is possible now, and who may give it. */
export interface Allowed {
  command: Command;
  roles: readonly Role[];
}

/** What a line looks like from outside, as its workflow knows it; newer revisions replace older ones. */
export interface LineView {
  revision: number;
  status: Status;
  node: Node;
  waitingFor: WaitingFor;
  allowed: Allowed[];
  /** Epoch milliseconds; null when no time limit runs. */
  dueAt: number | null;
  /** `dueAt` rests on a year whose holidays the calendar does not know yet; missing where it does not. */
  provisional?: true;
  instanceId: string | null;
  unsubscription: Unsubscription | null;
  /** These three are missing in views of releases before 0.2.0. */
  appeal?: Appeal | null;
  license?: License | null;
  completion?: Completion | null;
  /** Missing in views of releases before 0.3.0; null while nothing is shipped. */
  shipment?: Shipment | null;
  /** Null while no parcel is on its way or waits for acceptance. */
  autoAcceptance?: AutoAcceptance | null;
  /** Which of the line's recipients is to get it (`ORDERED_ADDRESS` at first), and how often that has changed. */
  addressId?: string;
  addressChanges?: number;
  /** Until then its buyer may unsubscribe it without reason; null before, and where that is not so. Missing as above. */
  fiveDaysUntil?: number | null;
  /** The newest entries, at most `LOG_KEPT`; the whole log is in SQL. */
  log: LogEntry[];
}

/** How many log entries a workflow keeps (design §7). */
export const LOG_KEPT = 50;
/** How many commands it remembers with their answers (design §7). */
export const ANSWERS_KEPT = 50;

/** The short answer of every update; the API adds the view. */
export interface UpdateAnswer {
  revision: number;
  status: Status;
  node: Node;
  waitingFor: WaitingFor;
}

/** What a command carries into the workflow. `data` was checked by the API against the command's schema. */
export interface CommandRequest<Data = unknown> {
  by: Party;
  data: Data;
}

/** The input of workflow `orderLine`, apart from what a continued run carries over. */
export interface OrderLineStart {
  line: OrderLine;
  windows: Windows;
}
