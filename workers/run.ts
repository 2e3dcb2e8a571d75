import {
  Worker,
  type NativeConnection,
  type WorkerDeploymentOptions,
  type WorkerOptions,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import type { DataConverter, WorkerDeploymentVersion } from '@temporalio/common';
import type { Activities } from '../activities';
import {
  SETTLEMENT_WORKER,
  STICKY_TIMEOUT,
  TASK_QUEUES,
  UNCACHED_POLLS,
  WORKER_PROFILES,
  type WorkerProfile,
} from '../temporal.config';
import { heartbeat, HEARTBEAT_EVERY } from './heartbeat';
import type { WorkerTracing } from './tracing';
import { UNTRACED } from './tracing/untraced';

/** What the workers of a process are given; everything outside comes in here. */
export interface WorkerSetup {
  connection: NativeConnection;
  namespace: string;
  activities: Activities;
  dataConverter: DataConverter;
  /** What they run; see `workflow-code.ts`. */
  workflowBundle: WorkflowBundleOption;
  /** Which build it is; without, the server does not tell builds apart. */
  deployment?: WorkerDeploymentVersion | undefined;
  tracing?: WorkerTracing | undefined;
}

/** How long running activities may take to finish when the worker is asked to stop; a seller call takes 5 s. */
const SHUTDOWN_GRACE = '10 seconds';

/** A worker for the orders' task queue. Run it with `worker.run()`, stop it with `worker.shutdown()`. */
export function createOrderWorker(
  setup: WorkerSetup & { profile: WorkerProfile },
  options: Partial<WorkerOptions> = {},
): Promise<Worker> {
  return createWorker(setup, {
    taskQueue: TASK_QUEUES.orders,
    ...WORKER_PROFILES[setup.profile],
    ...options,
  });
}

/**
 * A worker for the task queue of settlement, beside that of the orders in the same process. Its queue and its few
 * slots are its own, so that a billing run of a million transactions takes no slot from an order. They still share the
 * process's one thread and its connections to SQL: a step of a run may hold an order up for as long as one statement
 * takes. A process of its own would not, but the embedded database has room for one process only, and PostgreSQL's
 * owner would have one more thing to start, for an hour a month.
 */
export function createSettlementWorker(
  setup: WorkerSetup,
  options: Partial<WorkerOptions> = {},
): Promise<Worker> {
  return createWorker(setup, { taskQueue: TASK_QUEUES.settlement, ...SETTLEMENT_WORKER, ...options });
}

function createWorker(
  { connection, namespace, activities, dataConverter, workflowBundle, deployment, tracing }: WorkerSetup,
  options: Partial<WorkerOptions> & Pick<WorkerOptions, 'taskQueue'>,
): Promise<Worker> {
  return Worker.create({
    ...{ connection, namespace, activities, dataConverter, workflowBundle },
    interceptors: { activity: [heartbeat, ...(tracing ? [tracing.activity] : [])] },
    sinks: tracing?.sinks ?? UNTRACED,
    shutdownGraceTime: SHUTDOWN_GRACE,
    stickyQueueScheduleToStartTimeout: STICKY_TIMEOUT,
    nonStickyToStickyPollRatio: UNCACHED_POLLS,
    maxHeartbeatThrottleInterval: HEARTBEAT_EVERY,
    ...(deployment && { workerDeploymentOptions: versioned(deployment) }),
    ...options,
  });
}

/**
 * Orders live for months, and no build is kept that long: they go on in the build that is current, which fits their
 * histories by `patched` and is proven to by `steward replay` before its release (docs/releases.md). Workflows that are
 * over within a day say themselves that they are pinned.
 */
function versioned(version: WorkerDeploymentVersion): WorkerDeploymentOptions {
  return { version, useWorkerVersioning: true, defaultVersioningBehavior: 'AUTO_UPGRADE' };
}
