import type { Environment } from '../../workers/keys';
import { installRuntimeLogger, toTemporalLogger } from '../../workers/logger';
import { startWorker } from '../../workers/runtime';
import { workerSettings } from '../../workers/settings';
import { openAlone } from './open';
import { stopAsked } from './stop-asked';

/** Runs a worker until it is asked to stop. Rejects when it cannot start or fails. */
export async function runWorker(env: Environment): Promise<void> {
  const alone = await openAlone(env, workerSettings);
  const { runtime, logger } = alone;
  try {
    installRuntimeLogger(toTemporalLogger(logger), await runtime.operations?.metrics.coreAddress());
    const worker = await startWorker(runtime, 'server', logger);
    logger.info('worker started');
    const signal = await Promise.race([stopAsked(), worker.ended]);
    logger.info({ signal }, 'worker stops');
    await worker.stop();
  } finally {
    await alone.close();
  }
}
