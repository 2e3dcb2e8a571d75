import type { Term, WindowProfile } from '../windows';

const SECOND = 1_000;
const DAY = 86_400_000;

/** A time limit of a bill; `months` are those of the calendar, to 24:00 (UTC+8) of the day that they lead to. */
export type BillTerm = Term | { months: number };

/**
 * How long the steps of a bill take (design §4; domain.md 5.3). Read when its workflow starts and carried in its input:
 * a bill keeps the rules that it began with.
 */
export interface BillWindows {
  /** Of general bills only. */
  review: BillTerm;
  countersign: BillTerm;
  /** From the notice to the seller, which is when the bill comes to wait for an invoice. */
  invoice: BillTerm;
  /** From the sign-off of the invoice. */
  validation: BillTerm;
  payment: BillTerm;
  /** How long before the end of `invoice` the seller is reminded; milliseconds, the longest first. */
  invoiceReminders: number[];
  /** How long after it was told that a step is overdue that is told again. 0 working days: when the present one ends. */
  overdueAgain: Term;
  /** Between two `ask-progress`; milliseconds. */
  askAgain: number;
}

export const BILL_WINDOWS: Record<WindowProfile, BillWindows> = {
  standard: {
    review: { workingDays: 4 },
    countersign: { workingDays: 8 },
    invoice: { months: 1 },
    validation: { workingDays: 2 },
    payment: { workingDays: 6 },
    invoiceReminders: [15 * DAY, 7 * DAY, 3 * DAY, DAY],
    overdueAgain: { workingDays: 0 },
    askAgain: DAY,
  },
  fast: {
    review: { ms: 10 * SECOND },
    countersign: { ms: 10 * SECOND },
    invoice: { ms: 30 * SECOND },
    validation: { ms: 10 * SECOND },
    payment: { ms: 10 * SECOND },
    invoiceReminders: [15 * SECOND, 7 * SECOND, 3 * SECOND, SECOND],
    overdueAgain: { ms: 10 * SECOND },
    askAgain: 5 * SECOND,
  },
};
