import type { ActivityOptions, LocalActivityOptions } from '@temporalio/workflow';

/**
 * Without a sign of life for so long an activity's worker is taken for dead, and an order need not wait for the rest of
 * `startToCloseTimeout`. `workers/heartbeat.ts` gives the signs.
 */
const HEARTBEAT = '2.5 seconds';

/**
 * No activity without bounds (design §7). Retries after an answer are the workflow's business. A call whose worker died
 * is made once more by the server itself: no task of the workflow, which the dead worker may have in its cache, has to
 * come first. What must arrive in the end is tried for ever.
 */
export const SELLER_CALL: ActivityOptions = {
  startToCloseTimeout: '15 seconds',
  heartbeatTimeout: HEARTBEAT,
  retry: { maximumAttempts: 2, initialInterval: '50 milliseconds', nonRetryableErrorTypes: ['INTERNAL'] },
};

/** Refunds and events: idempotent by their ids, and sent until they are taken. */
export const UNTIL_TAKEN: ActivityOptions = {
  startToCloseTimeout: '15 seconds',
  heartbeatTimeout: HEARTBEAT,
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '10 minutes' },
};

/**
 * One short try: a slow database delays reads, never orders by more than this second, for which a local
 * activity holds back what its task commands. The workflow tries again later.
 */
export const REGISTRY: LocalActivityOptions = {
  scheduleToCloseTimeout: '1 second',
  retry: { maximumAttempts: 1 },
};

/** How long a mail is tried, in milliseconds; the workflow closes when its mails are out or given up (design §7). */
export const MAIL_TOTAL = 24 * 3_600_000;

/** A mail server that is away for hours gets it all the same; a refusal is final. */
export const MAIL: ActivityOptions = {
  startToCloseTimeout: '30 seconds',
  scheduleToCloseTimeout: MAIL_TOTAL,
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '10 minutes' },
};

/**
 * A question to a carrier that is asked again and again until there is news: however long that takes, its attempts
 * leave no trace in the history (design §7).
 *
 * @param poll milliseconds from one to the next
 */
export function carrier(poll: number): ActivityOptions {
  return {
    startToCloseTimeout: '30 seconds',
    retry: { initialInterval: poll, backoffCoefficient: 1, maximumInterval: poll },
  };
}

/** Pure computation beside the workflow: it always answers. */
export const CALENDAR: LocalActivityOptions = { startToCloseTimeout: '5 seconds' };

/**
 * Steps of a bundle, asked of its lines until they answer. Soon again when the worker was killed amid one: people wait
 * for all of them.
 */
export const ASK_LINE: ActivityOptions = {
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
};

/**
 * Steps of a billing run: idempotent, and repeated until they are done, however long the database is away. A large
 * statement of the embedded database holds up the signs of life of its own process, so that one is taken for dead late.
 */
export const LEDGER: ActivityOptions = {
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
};

/** What a bill asks of SQL while a party waits for it: idempotent, and asked until there is an answer. */
export const BILL_BOOKS: ActivityOptions = {
  startToCloseTimeout: '15 seconds',
  heartbeatTimeout: HEARTBEAT,
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
};

/** Waits after the n-th failure in a row of something that must work in the end: 1 s, doubling to 10 min. */
export function backoff(failures: number): number {
  return Math.min(1_000 * 2 ** (failures - 1), 600_000);
}
