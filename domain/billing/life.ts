import type { Bill } from '../ledger/bill';
import type { Money } from '../money';
import type { Party, Role, WaitingFor } from '../parties';
import type { BillCommand } from './commands';
import type { Invoice } from './invoice';
import type { BillNode } from './nodes';
import type { BillWindows } from './windows';

/** What the workflow of a bill knows of it: what was drawn, which no command changes. */
export type BillDrawn = Pick<
  Bill,
  'id' | 'site' | 'period' | 'sellerId' | 'variant' | 'currency' | 'transactions' | 'payableMinor'
>;

/** The input of workflow `bill`, apart from what a continued run carries over. */
export interface BillStart {
  bill: BillDrawn;
  windows: BillWindows;
}

/** One thing that happened to a bill, for its parties to read. */
export interface BillLogEntry {
  /** From 1, without gaps. */
  seq: number;
  /** Epoch milliseconds inside, ISO 8601 at the API. */
  at: number;
  by: Role | 'steward';
  command: BillCommand | null;
  from: BillNode;
  to: BillNode;
  note: string;
}

/** What a bill's workflow says of it; times in epoch milliseconds. */
export interface BillView {
  /** It only grows; 0 until the workflow has begun. */
  revision: number;
  node: BillNode;
  waitingFor: WaitingFor;
  allowed: { command: BillCommand; roles: readonly Role[] }[];
  /** When the present step is due; null where there is no limit. */
  dueAt: number | null;
  /** `dueAt` rests on a year whose holidays are not announced yet. */
  provisional: boolean;
  /** The present step is not done, and its time limit is over. */
  overdue: boolean;
  /** With all adjustments. */
  payable: Money;
  /** What operators have added to what was drawn, or, negative, taken from it. */
  adjustedMinor: number;
  /** The latest one. */
  invoice: Invoice | null;
  payment: { paymentId: string; at: number } | null;
  log: BillLogEntry[];
}

/** The short answer of every update; the API adds the view. */
export type BillAnswer = Pick<BillView, 'revision' | 'node' | 'waitingFor'>;

/** What a command carries into the workflow. `data` was checked by the API against the command's schema. */
export interface BillRequest<Data = unknown> {
  by: Party;
  data: Data;
}

/** A bill before its workflow has written anything. */
export function startingBillView({ currency, payableMinor }: BillDrawn): BillView {
  return {
    ...{ revision: 0, node: 'GENERATED', waitingFor: 'nobody', allowed: [] },
    ...{ dueAt: null, provisional: false, overdue: false },
    ...{ payable: { currency, minor: payableMinor }, adjustedMinor: 0 },
    ...{ invoice: null, payment: null, log: [] },
  };
}
