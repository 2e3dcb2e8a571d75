import { setTimeout as sleep } from 'node:timers/promises';
import { once } from 'node:events';
import type { FastifyBaseLogger } from 'fastify';
import type { Database } from '../db/connect';
import { sweepExports } from '../db/exports/exports';
import { unstartedLines, type RegisteredLine } from '../db/order-lines';
import type { LineService } from './line-service';

export interface SweepOptions {
  database: Database;
  lines: LineService;
  logger: FastifyBaseLogger;
  /** Milliseconds from the end of one round to the start of the next; default one minute. */
  interval?: number;
}

/** A running sweep. */
export interface Sweep {
  /** Ends it; resolves when it touches the database no more. */
  stop(): Promise<void>;
}

/** So many lines are started at once: each may wait for a worker. */
const BATCH = 10;

/** A line that has begun writes to the registry within this time, in ms. */
const FORGOTTEN = 30_000;

/**
 * Starts the lines that are registered and never began (design §1), and deletes what was exported and has expired: at
 * once, then each minute. Whatever goes wrong is logged and tried again.
 */
export function startSweep({ database, lines, logger, interval = 60_000 }: SweepOptions): Sweep {
  const stopping = new AbortController();
  const { signal } = stopping;
  const stopped = once(signal, 'abort');

  const round = async (): Promise<void> => {
    const count = { started: 0, pending: 0 };
    let last: RegisteredLine | undefined;
    do {
      const batch = await unstartedLines(database, BATCH, last);
      const opening = batch.map(async (line) => {
        const state = await lines.open(line.start);
        count[state] += 1;
        // It was started long ago and wrote nothing: it runs since before the registry was restored.
        if (state === 'started' && line.createdAt < Date.now() - FORGOTTEN) await lines.publish(line);
      });
      await Promise.race([Promise.all(opening), stopped]);
      last = batch.length < BATCH ? undefined : batch.at(-1);
    } while (last && !signal.aborted);
    if (count.started + count.pending > 0)
      logger.info(count, 'lines were missing; those pending are tried again');
    await sweepExports(database);
  };
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      await round().catch((error: unknown) => logger.error({ err: error }, 'the sweep failed; it goes on'));
      await sleep(interval, undefined, { signal }).catch(() => undefined);
    }
  };
  const running = run();

  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
