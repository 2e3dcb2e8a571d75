import {
  Worker,
  type NativeConnection,
  type WorkerDeploymentOptions,
  type WorkerOptions,
} from '@temporalio/worker';
import type { DataConverter, WorkerDeploymentVersion } from '@temporalio/common';
import type { Activities } from '../activities';
import { STICKY_TIMEOUT, TASK_QUEUES, WORKER_PROFILES, type WorkerProfile } from '../temporal.config';
import { heartbeat, HEARTBEAT_EVERY } from './heartbeat';
import type { WorkerTracing } from './tracing';
import { UNTRACED } from './tracing/untraced';
import { workflowCode, WORKFLOW_INTERCEPTORS } from './workflow-code';

/** What a worker process is given; everything outside comes in here. */
export interface WorkerSetup {
  connection: NativeConnection;
  namespace: string;
  activities: Activities;
  dataConverter: DataConverter;
  profile: WorkerProfile;
  /** Which build it is; without, the server does not tell builds apart. */
  deployment?: WorkerDeploymentVersion | undefined;
  tracing?: WorkerTracing | undefined;
}

/** How long running activities may take to finish when the worker is asked to stop; a seller call takes 5 s. */
const SHUTDOWN_GRACE = '10 seconds';

/** A worker for the orders' task queue. Run it with `worker.run()`, stop it with `worker.shutdown()`. */
export async function createOrderWorker(
  setup: WorkerSetup,
  options: Partial<WorkerOptions> = {},
): Promise<Worker> {
  const { connection, namespace, activities, dataConverter, profile, deployment, tracing } = setup;
  const code = options.workflowBundle ? {} : workflowCode();
  return Worker.create({
    connection,
    namespace,
    taskQueue: TASK_QUEUES.orders,
    ...code,
    interceptors: {
      // A bundle has them inside.
      ...(code.workflowsPath && { workflowModules: WORKFLOW_INTERCEPTORS }),
      activity: [heartbeat, ...(tracing ? [tracing.activity] : [])],
    },
    sinks: tracing?.sinks ?? UNTRACED,
    activities,
    dataConverter,
    shutdownGraceTime: SHUTDOWN_GRACE,
    stickyQueueScheduleToStartTimeout: STICKY_TIMEOUT,
    maxHeartbeatThrottleInterval: HEARTBEAT_EVERY,
    ...(deployment && { workerDeploymentOptions: versioned(deployment) }),
    ...WORKER_PROFILES[profile],
    ...options,
  });
}

/**
 * Orders live for months, and no build is kept that long: they go on in the build that is current, which fits their
 * histories by `patched` and is proven to by `steward replay` before its release (docs/releases.md).
 */
function versioned(version: WorkerDeploymentVersion): WorkerDeploymentOptions {
  return { version, useWorkerVersioning: true, defaultVersioningBehavior: 'AUTO_UPGRADE' };
}
