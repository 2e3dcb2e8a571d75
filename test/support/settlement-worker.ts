import { NativeConnection } from '@temporalio/worker';
import type { Activities } from '../../activities';
import { createSettlementWorker } from '../../workers/run';
import { activitiesOf, type Runtime } from '../../workers/runtime';
import { workflowBundle } from './history-checks';

/**
 * The worker of billing runs, beside the one of a live rig; gives what stops it.
 *
 * @param overrides activities of which it has other ones
 * @param buildId which build it is; default none
 */
export async function startSettlementWorker(
  runtime: Runtime,
  overrides: Partial<Activities> = {},
  buildId?: string,
): Promise<() => Promise<void>> {
  const { settings, dataConverter } = runtime;
  const { connection: options, namespace } = settings.temporal;
  const connection = await NativeConnection.connect(options);
  const worker = await createSettlementWorker(
    {
      ...{ connection, namespace, dataConverter },
      workflowBundle: await workflowBundle(),
      activities: { ...activitiesOf(runtime), ...overrides },
      ...(buildId && { deployment: { deploymentName: 'steward', buildId } }),
    },
    { shutdownGraceTime: 0 },
  );
  const run = worker.run();
  return async () => {
    worker.shutdown();
    await run;
    await connection.close();
  };
}
