import type { BillCommand } from '../../domain/billing/commands';
import type { Invoice } from '../../domain/billing/invoice';
import type { BillAnswer, BillLogEntry } from '../../domain/billing/life';
import type { BillMail } from '../../domain/billing/mail';
import type { BillNode } from '../../domain/billing/nodes';
import type { ErrorCode, ErrorParams } from '../../domain/errors';

/** The time limit of the present step. */
export interface BillClock {
  /** Since when it counts. */
  from: number;
  /** Null until the calendar has answered. */
  dueAt: number | null;
  provisional: boolean;
  /** How many of the reminders were sent. */
  reminded: number;
  /** When it was last told that the step is overdue; null while it is not. */
  toldAt: number | null;
  /** When that is told again; null when it is not, and until the calendar has answered. */
  againAt: number | null;
}

/** What a command came to, for its repetitions. */
export type RememberedBillAnswer = { id: string } & (
  { answer: BillAnswer } | { refused: { code: ErrorCode; params: ErrorParams } }
);

/** All that a bill remembers, as plain JSON: it is carried whole into the next run. Times in epoch milliseconds. */
export interface BillState {
  revision: number;
  node: BillNode;
  clock: BillClock | null;
  /** The command that asks elsewhere at this moment: all others are refused until it is carried out. */
  pending: BillCommand | null;
  adjustments: number;
  adjustedMinor: number;
  /** How many invoices were sent in, also those whose number was refused. */
  submissions: number;
  invoice: Invoice | null;
  payment: { paymentId: string; at: number } | null;
  /** When the seller last asked for progress. */
  askedAt: number | null;
  /** Whole: apart from what people do, a bill notes little. */
  log: BillLogEntry[];
  /** The revision that SQL has. */
  published: number;
  /** Mails that are not out yet, and how many there ever were. */
  mails: { request: BillMail; since: number }[];
  mailed: number;
  /** The newest last. */
  answers: RememberedBillAnswer[];
}

export function newBillState(): BillState {
  return {
    ...{ revision: 0, node: 'GENERATED', clock: null, pending: null },
    ...{ adjustments: 0, adjustedMinor: 0, submissions: 0, invoice: null, payment: null, askedAt: null },
    ...{ log: [], published: 0, mails: [], mailed: 0, answers: [] },
  };
}
