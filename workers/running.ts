import type { Worker } from '@temporalio/worker';

/** Workers that run until they are stopped, or one of them fails. */
export interface RunningWorkers {
  /** Whether all of them take tasks. */
  running: () => boolean;
  /** Settles when all have ended; rejects when one failed, which ends the others too. */
  ended: Promise<void>;
  /** Lets running activities finish within the grace, then settles as `ended`. */
  stop: () => Promise<void>;
}

/** Runs workers of one process, which end together: half a process would look alive and leave its queue alone. */
export function runTogether(
  workers: readonly Pick<Worker, 'run' | 'shutdown' | 'getState'>[],
): RunningWorkers {
  const shutdown = (): void => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  const runs = workers.map((worker) => worker.run().finally(shutdown));
  const ended = Promise.allSettled(runs)
    .then(() => Promise.all(runs))
    .then(() => undefined);
  return {
    running: () => workers.every((worker) => worker.getState() === 'RUNNING'),
    ended,
    async stop() {
      shutdown();
      await ended;
    },
  };
}
