import type { Environment } from '../../workers/keys';
import { installRuntimeLogger, toTemporalLogger } from '../../workers/logger';
import { startWorkers } from '../../workers/runtime';
import { workerSettings } from '../../workers/settings';
import { openAlone } from './open';
import { stopAsked } from './stop-asked';

/** Runs the workers of orders and settlement until asked to stop. Rejects when they cannot start, or one fails. */
export async function runWorker(env: Environment): Promise<void> {
  const alone = await openAlone(env, workerSettings);
  const { runtime, logger } = alone;
  try {
    installRuntimeLogger(toTemporalLogger(logger), await runtime.operations?.metrics.coreAddress());
    const workers = await startWorkers(runtime, 'server', logger);
    logger.info('worker started');
    const signal = await Promise.race([stopAsked(), workers.ended]);
    logger.info({ signal }, 'worker stops');
    await workers.stop();
  } finally {
    await alone.close();
  }
}
