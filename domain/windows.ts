const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A time limit in working days of China (design §4), or, to show the same life in seconds, in milliseconds. */
export type Term = { workingDays: number } | { ms: number };

/**
 * How long and how often (design §4), in milliseconds unless said otherwise. Read when an order
 * starts and carried in its workflow's input: a running order keeps the rules it began with.
 */
export interface Windows {
  /** One call to the seller, in all, from connecting to the last byte (domain.md 1.0). */
  sellerCall: number;
  /** How many create calls are due (a count; domain.md 1.10: at 0, 1, 2 and 3 h). */
  createCalls: number;
  /** From one due create call to the next. */
  createInterval: number;
  /** An answer later than this after its due time was late because of us; that time is given back. */
  lostGrace: number;
  /** First wait between two queries after an accepted create; doubles up to `pollMax`. */
  pollFirst: number;
  pollMax: number;
  /** Polling goes on at least this long after the acceptance. */
  pollAtLeast: number;
  /** A refund that is not taken for this long needs an operator. */
  refundStuck: number;
  /** A failed release can be restarted for this long, then an operator confirms it. */
  releaseRestart: number;
  /** How many `restart-call`s are allowed (a count) within `restartPeriod`. */
  restartCalls: number;
  restartPeriod: number;
  /** How many `orderNotify` calls are due while they fail (a count; domain.md 1.10: hourly for 3 h). */
  notifyCalls: number;
  notifyInterval: number;
  /** Operators are reminded of an appeal after it (domain.md 2.0). */
  appealReminder: Term;
  /** The seller is reminded of a requested unsubscription after it (domain.md 3.1); no verdict follows. */
  unsubscriptionReview: Term;
  /** What was unsubscribed without reason goes back in full for so long (domain.md 3.1). */
  fiveDays: number;
  /** From "signed", by the carrier's clock, to automatic acceptance (domain.md 2.7). */
  autoAcceptance: number;
  /** At least so long after Steward learned of "signed". */
  autoAcceptanceAtLeast: number;
  /** Between two questions to the carrier. */
  carrierPoll: number;
  /** Between two `remind-buyer`. */
  remindBuyer: number;
  /** Operators are reminded of a seller's certification after it (domain.md 6.1), and again each working day. */
  certificationReview: Term;
}

export const WINDOW_PROFILES = ['standard', 'fast'] as const;
/** `standard` are the published rules; `fast` shows the same life in seconds. */
export type WindowProfile = (typeof WINDOW_PROFILES)[number];

export const WINDOWS: Record<WindowProfile, Windows> = {
  standard: {
    sellerCall: 5 * SECOND,
    createCalls: 4,
    createInterval: HOUR,
    lostGrace: MINUTE,
    pollFirst: MINUTE,
    pollMax: 10 * MINUTE,
    pollAtLeast: 30 * MINUTE,
    refundStuck: HOUR,
    releaseRestart: 30 * DAY,
    restartCalls: 10,
    restartPeriod: HOUR,
    notifyCalls: 4,
    notifyInterval: HOUR,
    appealReminder: { workingDays: 3 },
    unsubscriptionReview: { workingDays: 7 },
    fiveDays: 5 * DAY,
    autoAcceptance: 10 * DAY,
    autoAcceptanceAtLeast: DAY,
    carrierPoll: 4 * HOUR,
    remindBuyer: DAY,
    certificationReview: { workingDays: 1 },
  },
  fast: {
    // A machine that is busy with all of the demo may need more than a second; below `lostGrace`.
    sellerCall: 1.8 * SECOND,
    createCalls: 4,
    createInterval: 3 * SECOND,
    lostGrace: 2 * SECOND,
    pollFirst: SECOND,
    pollMax: 2 * SECOND,
    pollAtLeast: 9 * SECOND,
    refundStuck: 10 * SECOND,
    releaseRestart: 30 * SECOND,
    restartCalls: 10,
    restartPeriod: HOUR,
    notifyCalls: 4,
    notifyInterval: 3 * SECOND,
    appealReminder: { ms: 10 * SECOND },
    unsubscriptionReview: { ms: 10 * SECOND },
    fiveDays: 15 * SECOND,
    // Longer than a kill and a new start of the demo take: what people would do until then, it does.
    autoAcceptance: 20 * SECOND,
    autoAcceptanceAtLeast: 2 * SECOND,
    carrierPoll: SECOND,
    remindBuyer: 5 * SECOND,
    certificationReview: { ms: 10 * SECOND },
  },
};
