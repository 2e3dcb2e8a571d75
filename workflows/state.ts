import type { PlatformEvent } from '../domain/events';
import type { LogEntry, Unsubscription, UpdateAnswer } from '../domain/order-line';
import type { Node, Status } from '../domain/nodes';
import type { WaitingFor } from '../domain/parties';
import type { SellerActivity } from '../domain/seller-calls';

/**
 * All that a line remembers, as plain JSON: it is carried whole into the next run when the workflow
 * continues as new, so every clock is a point in time and never a running timer.
 */
export interface LineState {
  revision: number;
  status: Status;
  node: Node;
  waitingFor: WaitingFor;
  dueAt: number | null;

  /** Due create calls (design §4, "Create, exactly"): the n-th, from 1, and when it is due. */
  create: { n: number; dueAt: number };
  /** Present once a create was accepted. */
  poll: { nextAt: number; wait: number; until: number; failureTold: boolean } | null;
  instanceId: string | null;
  /** A create may have taken effect although no instance id was learned. */
  mayHaveInstance: boolean;

  /** Calls made, by activity; a call lost on our side is not counted. */
  calls: Record<SellerActivity, number>;
  /** The seller activity that is running now. */
  calling: SellerActivity | null;
  /** Asked for by `restart-call` and not begun yet. */
  restart: boolean;
  /** When the latest restarts were asked for, to bound them. */
  restarts: number[];
  /** The last failed seller call in words; null after a success. */
  exception: string | null;

  /** Set once money goes back: from then on nothing is delivered. `outcome` is the status it ends in. */
  undo: Undo | null;
  /** Until when a failed release may be restarted. */
  releaseUntil: number | null;

  log: LogEntry[];
  /** Length of the whole log, of which `log` keeps the end. */
  logged: number;
  /** The revision and log length that the registry has. */
  published: { revision: number; logged: number };
  /** Events on their way to the platform, oldest first. */
  outbox: PlatformEvent[];
  /** Events made so far; numbers their ids. */
  events: number;
  /** The latest commands by update id, so that a repetition gets its first answer in a later run too. */
  answers: { id: string; answer: UpdateAnswer }[];
}

/** The refund of a line, on its way or taken. */
export interface Undo {
  outcome: 'UNSUBSCRIBED' | 'CLOSED';
  unsubscription: Unsubscription;
  /** From then on an untaken refund needs an operator. */
  stuckAt: number;
  /** Why the platform refused it for good; null while it may still be taken. */
  refused: string | null;
  /** What an operator asked for in `REFUND_STUCK`. */
  asked: 'retry' | 'record' | null;
}

/** A line just placed: its first create call is due now. */
export function newState(now: number): LineState {
  return {
    revision: 0,
    status: 'PROCESSING',
    node: 'OPENING',
    waitingFor: 'seller',
    dueAt: now,
    create: { n: 1, dueAt: now },
    poll: null,
    instanceId: null,
    mayHaveInstance: false,
    calls: { newInstance: 0, queryInstance: 0, releaseInstance: 0 },
    calling: null,
    restart: false,
    restarts: [],
    exception: null,
    undo: null,
    releaseUntil: null,
    log: [],
    logged: 0,
    published: { revision: 0, logged: 0 },
    outbox: [],
    events: 0,
    answers: [],
  };
}
