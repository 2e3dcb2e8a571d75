import type { Database } from '../../db/connect';
import { listenForOperations, type OperationsListener } from './listener';
import { createMetrics, type Metrics } from './metrics';
import type { ListenAddress } from './settings';

export type { Metrics } from './metrics';

/** What a process measures, and where it tells. */
export type Operations = OperationsListener & { metrics: Metrics };

/** Measures this process and tells it at `listen`. Rejects with `PORT_BUSY`. */
export async function openOperations(listen: ListenAddress, db: Database): Promise<Operations> {
  const metrics = createMetrics(db);
  return { metrics, ...(await listenForOperations({ listen, metrics })) };
}
