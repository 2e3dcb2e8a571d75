import { NativeConnection, type Worker } from '@temporalio/worker';
import type { Runtime } from '../../workers/runtime';
import type { WorkerSetup } from '../../workers/run';

/** What each worker of a runtime is given, whatever it runs. */
type Common = Pick<WorkerSetup, 'connection' | 'namespace' | 'dataConverter'>;

/** Makes and runs a worker of a runtime in this process; gives what stops it. */
export async function runWorker(
  { settings, dataConverter }: Runtime,
  create: (common: Common) => Promise<Worker>,
): Promise<() => Promise<void>> {
  const { connection: options, namespace } = settings.temporal;
  const connection = await NativeConnection.connect(options);
  const worker = await create({ connection, namespace, dataConverter });
  const run = worker.run();
  return async () => {
    worker.shutdown();
    await run;
    await connection.close();
  };
}
