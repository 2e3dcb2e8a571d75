import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { NativeConnectionOptions } from '@temporalio/worker';

export { SEARCH_ATTRIBUTES } from './domain/search-attributes';
export { WINDOWS, WINDOW_PROFILES, type WindowProfile } from './domain/windows';

/** How to reach the Temporal cluster, and which namespace is ours. */
export interface TemporalProfile {
  /** For clients and workers alike. */
  connection: NativeConnectionOptions;
  namespace: string;
}

/**
 * The connection profile as Temporal's own tools read it: `TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`,
 * `TEMPORAL_API_KEY`, `TEMPORAL_TLS_*`, or the profile named by `TEMPORAL_PROFILE` in the file
 * `TEMPORAL_CONFIG_FILE`. Default: `127.0.0.1:7233`, namespace `default`.
 */
export function temporalProfile(env: Readonly<Record<string, string | undefined>>): TemporalProfile {
  // Empty is not set: Compose files pass on what nobody said.
  const set = Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const { connectionOptions, namespace } = loadClientConnectConfig({
    overrideEnvVars: Object.fromEntries(set),
  });
  return {
    connection: { ...connectionOptions, address: connectionOptions.address ?? '127.0.0.1:7233' },
    namespace: namespace ?? 'default',
  };
}

/** Queues are named by the work, never by a party. */
export const TASK_QUEUES = { orders: 'orders', settlement: 'settlement' } as const;

/** How long the server keeps a closed run; later reads come from the order registry. */
export const RETENTION_DAYS = 90;

/**
 * How soon others go on with what a killed worker had in hand (docs/performance.md): at most 2.5 s until a call is known
 * as lost (`workflows/policies.ts`), and so long, in ms, until the task that follows looks for another worker.
 */
export const STICKY_TIMEOUT = 1_000;

/**
 * Share of a worker's polls that ask for tasks of orders that no living worker has in its cache: after a kill, all of the
 * killed one's come that way. The SDK's default of 0.2 leaves two polls for them, on a queue of four partitions.
 */
export const UNCACHED_POLLS = 0.5;

/** How much one worker process takes on at once. */
export const WORKER_PROFILES = {
  /** One small machine, together with the API and a dev server. */
  local: {
    maxConcurrentWorkflowTaskExecutions: 10,
    maxConcurrentActivityTaskExecutions: 50,
    maxConcurrentLocalActivityExecutions: 20,
    maxCachedWorkflows: 200,
  },
  /** A process of its own with a core or two. */
  server: {
    maxConcurrentWorkflowTaskExecutions: 40,
    maxConcurrentActivityTaskExecutions: 200,
    maxConcurrentLocalActivityExecutions: 100,
    maxCachedWorkflows: 2_000,
  },
} as const;
export type WorkerProfile = keyof typeof WORKER_PROFILES;

/**
 * How much of settlement a worker process takes on at once: a step of a billing run of each site, and beside them what
 * bills need, so that neither waits for the other. More would only wait for the database, which orders need too.
 */
export const SETTLEMENT_WORKER = {
  maxConcurrentWorkflowTaskExecutions: 4,
  maxConcurrentActivityTaskExecutions: 6,
  maxConcurrentLocalActivityExecutions: 4,
  maxCachedWorkflows: 100,
} as const;
