import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { BillDeps } from '../activities/billing';
import { startPage } from '../activities/billing/start-page';

export interface BillSweepOptions {
  deps: BillDeps;
  logger: Logger;
  /** Milliseconds from the end of one round to the start of the next; default one minute. */
  interval?: number;
}

/** A running sweep. */
export interface BillSweep {
  /** Ends it; resolves when it touches the database no more. */
  stop(): Promise<void>;
}

/**
 * Starts the bills whose run did not: it was terminated, or is of a release that knew no lives of bills. At once, then
 * each minute. Whatever goes wrong is logged and tried again.
 */
export function sweepBills({ deps, logger, interval = 60_000 }: BillSweepOptions): BillSweep {
  const stopping = new AbortController();
  const { signal } = stopping;

  const round = async (): Promise<void> => {
    let started = 0;
    for (let after: string | null = null, done = false; !done && !signal.aborted;) {
      const page = await startPage(deps, { after });
      started += page.started;
      after = page.last;
      done = page.done;
    }
    if (started > 0) logger.info({ started }, 'bills were missing');
  };
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      await round().catch((error: unknown) =>
        logger.error({ err: error }, 'the sweep of bills failed; it goes on'),
      );
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
