import type { ErrorCode, ErrorParams } from './errors';
import type { Money } from './money';

/**
 * Bundles are unsubscribed as a whole (domain.md 3.1). What the workflow of the bundle asks of each of its lines, in
 * turn: `reserve` holds the line still, unseen by its seller; `ask` puts the question to the seller; `lock` holds an
 * approved line still for everybody until all are; then `refund` pays. `unlock` takes a lock back, `free` ends it all.
 */
export const BUNDLE_STEPS = ['reserve', 'ask', 'lock', 'unlock', 'refund', 'free'] as const;
export type BundleStep = (typeof BUNDLE_STEPS)[number];

/**
 * How a line stands in the unsubscription of its bundle. `FROZEN`: approved, but an appeal is open. `REJECTED` by its
 * seller; `REFUSED` by an operator's verdict or another end of the line; `OVER`: it was told the end.
 */
export const STANDINGS = [
  'RESERVED',
  'ASKED',
  'AGREED',
  'FROZEN',
  'LOCKED',
  'REJECTED',
  'REFUSED',
  'OVER',
] as const;
export type Standing = (typeof STANDINGS)[number];

/** What a line says of itself; of two sayings the one with the larger revision counts. */
export interface LineStanding {
  /** Of which request it speaks. */
  requestId: string;
  orderLineId: string;
  standing: Standing;
  revision: number;
}

/** How the unsubscription of a bundle ends. `REFUSED`: a line refused it, or came to another end meanwhile. */
export type BundleOutcome = 'APPROVED' | 'REJECTED' | 'REFUSED' | 'WITHDRAWN';

/** What is asked of a line. */
export interface BundleAsk {
  step: BundleStep;
  orderId: string;
  orderLineId: string;
  /** The same in each step and repetition of one request. */
  requestId: string;
  /** With `reserve` and `ask`: what the buyer asks for. */
  amount: Money;
  reason: string;
  received?: boolean;
  /** With `free`: how it ended, and which line ended it. */
  end?: { outcome: Exclude<BundleOutcome, 'APPROVED'>; because: string | null };
}

/** What a line answers: how it stands, or why it refuses; or it runs no more. */
export type BundleReply =
  | ({ kind: 'stands' } & LineStanding)
  | { kind: 'refused'; code: ErrorCode; params: ErrorParams }
  | { kind: 'gone' };

/** What the buyer asks for: the input of workflow `bundleUnsubscription`. */
export interface BundleRequest {
  /** The same request may come again under the same id, and then takes effect once. */
  requestId: string;
  orderId: string;
  buyerId: string;
  reason: string;
  received?: boolean;
  /** All lines of the order. */
  lines: { orderLineId: string; sellerId: string; amount: Money }[];
}

/** Where the unsubscription of a bundle stands; see `workflows/bundle/machine.ts`. */
export type BundlePhase = 'RESERVING' | 'ASKING' | 'WAITING' | 'LOCKING' | 'UNLOCKING' | BundleOutcome;

/** What the workflow says of itself. */
export interface BundleView {
  requestId: string;
  phase: BundlePhase;
  /** How each line stands; null before it has answered. */
  lines: { orderLineId: string; standing: Standing | null }[];
}
