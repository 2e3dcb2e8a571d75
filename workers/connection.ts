import { setTimeout as sleep } from 'node:timers/promises';
import {
  Connection,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
  type ConnectionOptions,
} from '@temporalio/client';

/** A client's connection, and the way to close it. */
export interface ClosableConnection {
  connection: Connection;
  /** Waits for calls that are about to be repeated, two seconds at most. */
  close(): Promise<void>;
}

/** The longest wait, in ms, before the SDK repeats a call that failed on its way. */
const LONGEST_WAIT = 2_000;

/** After the last repetition, in ms. */
const MARGIN = 100;

/**
 * Connects a client. The SDK repeats failed calls from timers, past deadlines too, and one that fires on a
 * closed connection throws where nobody can catch it: the process would end. So `close` comes after the last.
 */
export async function connectClient(options: ConnectionOptions): Promise<ClosableConnection> {
  const retry = defaultGrpcRetryOptions();
  let open = true;
  let lastRepetition = -Infinity;
  const retries = makeGrpcRetryInterceptor({
    retryableDecider: (attempt, status) => open && retry.retryableDecider(attempt, status),
    delayFunction(attempt, status) {
      const delay = Math.min(retry.delayFunction(attempt, status), LONGEST_WAIT);
      lastRepetition = Math.max(lastRepetition, Date.now() + delay);
      return delay;
    },
  });
  const connection = await Connection.connect({ ...options, interceptors: [retries] });
  const close = async (): Promise<void> => {
    open = false;
    // In a busy process a timer may come early, measured by the clock: it is set by the time of the last tick.
    for (let left; (left = lastRepetition + MARGIN - Date.now()) > 0;) await sleep(left);
    await connection.close();
  };
  return { connection, close };
}
