import { Worker, type NativeConnection, type WorkerOptions } from '@temporalio/worker';
import type { DataConverter } from '@temporalio/common';
import type { Activities } from '../activities';
import { TASK_QUEUES, WORKER_PROFILES, type WorkerProfile } from '../temporal.config';

/** What a worker process is given; everything outside comes in here. */
export interface WorkerSetup {
  connection: NativeConnection;
  namespace: string;
  activities: Activities;
  dataConverter: DataConverter;
  profile: WorkerProfile;
}

/** How long running activities may take to finish when the worker is asked to stop; a seller call takes 5 s. */
const SHUTDOWN_GRACE = '10 seconds';

/** A worker for the orders' task queue. Run it with `worker.run()`, stop it with `worker.shutdown()`. */
export async function createOrderWorker(
  setup: WorkerSetup,
  options: Partial<WorkerOptions> = {},
): Promise<Worker> {
  const { connection, namespace, activities, dataConverter, profile } = setup;
  return Worker.create({
    connection,
    namespace,
    taskQueue: TASK_QUEUES.orders,
    workflowsPath: require.resolve('../workflows'),
    activities,
    dataConverter,
    shutdownGraceTime: SHUTDOWN_GRACE,
    ...WORKER_PROFILES[profile],
    ...options,
  });
}
