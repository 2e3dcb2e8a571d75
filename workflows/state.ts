import type { Standing } from '../domain/bundle';
import type { ErrorCode, ErrorParams } from '../domain/errors';
import type { PlatformEvent } from '../domain/events';
import { ORDERED_ADDRESS, type Shipment } from '../domain/logistics';
import type { MailRequest } from '../domain/mail';
import type {
  Appeal,
  Completion,
  License,
  LogEntry,
  OrderLine,
  Unsubscription,
  UpdateAnswer,
} from '../domain/order-line';
import type { Node, Status } from '../domain/nodes';
import type { WaitingFor } from '../domain/parties';
import type { SellerActivity } from '../domain/seller-calls';
import { flowOf, nodeOf } from './flows';

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
  /** The negotiated unsubscription, the latest of several; a decided one moves into `undo`. */
  unsubscription: Unsubscription | null;
  /** How many there were, of either sort; numbers their ids. */
  unsubscriptions: number;
  /** The line's part in the latest unsubscription of its bundle, see `workflows/bundle/part.ts`. */
  bundle: BundlePart | null;
  /** The latest appeal. */
  appeal: Appeal | null;
  /** The time limits of what is asked for, see `workflows/clocks.ts`. */
  clocks: Clock[];
  /** Present for a line with a licence code. */
  license: License | null;
  /** When the service was really enabled, as the seller says. */
  enabledAt: number | null;
  completion: Completion | null;
  /** The parcel on its way; null before it is shipped, and when it is to be shipped again. */
  shipment: Shipment | null;
  /** How many there were, corrections included; numbers them. */
  shipments: number;
  /** Of which of them the carrier has said something of the future. */
  futureNewsOf: number | null;
  /** Whom it goes to: one of the line's recipients in SQL. */
  addressId: string;
  addressChanges: number;
  /** When the seller last had the buyer reminded. */
  remindedAt: number | null;
  /** The end of the five days without reason, once they have begun. */
  fiveDaysUntil: number | null;
  /** Telling the seller of the order; null when it has no production URL. */
  notify: Notify | null;
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
  /** Mails that are not out yet, and since when they are due. */
  mails: { request: MailRequest; since: number }[];
  /** Mails made so far; numbers their ids. */
  mailed: number;
  /** The latest commands by update id, so that a repetition gets its first answer in a later run too. */
  answers: ({ id: string } & Remembered)[];
}

/** What a command was answered with, or refused with after it had been taken. */
export type Remembered = { answer: UpdateAnswer } | { refused: { code: ErrorCode; params: ErrorParams } };

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

/** How far a line's part in the unsubscription of its bundle has come. */
export interface BundlePart {
  requestId: string;
  /** What is asked and agreed on is in `unsubscription`; while `RESERVED` it is not asked yet. */
  step: 'RESERVED' | 'ASKED' | 'LOCKED' | 'OVER';
  /** What the bundle knows of it. */
  told: Standing;
}

/** A time limit, see `workflows/clocks.ts`. Once stopped, it goes on with what was left. */
export interface Clock {
  of: 'unsubscription' | 'appeal' | 'acceptance';
  /** Since when it counts. */
  from: number;
  /** Null while the calendar is asked. */
  dueAt: number | null;
  /** By how much it was moved by stops. */
  shift: number;
  /** When it was stopped; null while it runs. */
  stoppedAt: number | null;
  /** It rests on years that the calendar does not know yet. */
  provisional: boolean;
  /** Its reminder is out; `dueAt` stays to tell since when it is overdue. */
  over: boolean;
}

/** The `orderNotify` calls of a line: a seller call of its own (design §3). */
export interface Notify {
  status: 'DUE' | 'CALLING' | 'SUCCEEDED' | 'EXCEPTION';
  n: number;
  dueAt: number;
}

/** A line just placed. A SaaS line's first create call is due now. */
export function newState({ delivery, notifies = false }: OrderLine, now: number): LineState {
  const { start } = flowOf(delivery);
  return {
    revision: 0,
    status: 'PROCESSING',
    node: start,
    waitingFor: nodeOf(flowOf(delivery), start).waitingFor,
    dueAt: start === 'OPENING' ? now : null,
    create: { n: 1, dueAt: now },
    poll: null,
    instanceId: null,
    mayHaveInstance: false,
    calls: { newInstance: 0, queryInstance: 0, releaseInstance: 0, orderNotify: 0 },
    calling: null,
    restart: false,
    restarts: [],
    exception: null,
    undo: null,
    unsubscription: null,
    unsubscriptions: 0,
    bundle: null,
    appeal: null,
    clocks: [],
    license: delivery === 'license-code' ? { claimedAt: null, activatedAt: null } : null,
    enabledAt: null,
    completion: null,
    shipment: null,
    shipments: 0,
    futureNewsOf: null,
    addressId: ORDERED_ADDRESS,
    addressChanges: 0,
    remindedAt: null,
    fiveDaysUntil: null,
    notify: notifies ? { status: 'DUE', n: 1, dueAt: now } : null,
    releaseUntil: null,
    log: [],
    logged: 0,
    published: { revision: 0, logged: 0 },
    outbox: [],
    events: 0,
    mails: [],
    mailed: 0,
    answers: [],
  };
}

/** The state that a continued run begins with; one of an earlier release lacks what came later. */
export function continuedState(line: OrderLine, state: LineState): LineState {
  return { ...newState(line, 0), ...state };
}
