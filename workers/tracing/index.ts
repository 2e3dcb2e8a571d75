import { createRequire } from 'node:module';
import type * as Start from './start';

export type { Tracing } from './start';
export type { WorkerTracing } from './worker';

const load = createRequire(__filename);

/** Loads OpenTelemetry, which a process without traces never does, and sends spans to this URL. */
export function startTracing(url: string): Start.Tracing {
  return (load('./start') as typeof Start).startTracing(url);
}
