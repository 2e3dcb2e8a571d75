import type { Activities } from '../../activities';
import { createSettlementWorker } from '../../workers/run';
import { activitiesOf, type Runtime } from '../../workers/runtime';
import { workflowBundle } from './history-checks';
import { runWorker } from './run-worker';

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
  const bundle = await workflowBundle();
  return runWorker(runtime, (common) =>
    createSettlementWorker(
      {
        ...common,
        workflowBundle: bundle,
        activities: { ...activitiesOf(runtime), ...overrides },
        ...(buildId && { deployment: { deploymentName: 'steward', buildId } }),
      },
      { shutdownGraceTime: 0 },
    ),
  );
}
