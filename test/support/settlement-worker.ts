import { NativeConnection } from '@temporalio/worker';
import type { Activities } from '../../activities';
import { createSettlementWorker } from '../../workers/run';
import { activitiesOf, type Runtime } from '../../workers/runtime';
import { workflowBundle } from './history-checks';

/**
 * The worker of billing runs, beside the one of a live rig; gives what stops it.
 *
 * @param overrides activities of which it has other ones
 */
export async function startSettlementWorker(
  runtime: Runtime,
  overrides: Partial<Activities> = {},
): Promise<() => Promise<void>> {
  const { settings, dataConverter } = runtime;
  const { connection: options, namespace } = settings.temporal;
  const connection = await NativeConnection.connect(options);
  const worker = await createSettlementWorker(
    {
      ...{ connection, namespace, dataConverter },
      workflowBundle: await workflowBundle(),
      activities: { ...activitiesOf(runtime), ...overrides },
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
