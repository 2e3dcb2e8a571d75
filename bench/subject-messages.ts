import type { OrderBody } from '../domain/schemas/order';
import type { OrderLineStart } from '../domain/order-line';
import type { SqlCount } from './sql-count';

/** What a process under test does; `worker` is that of the orders. */
export type Role = 'all' | 'api' | 'worker' | 'settlement';

/** What it is told by its environment, beside Steward's own settings. */
export interface SubjectSetup {
  role: Role;
  /** The file with the workflow code that its worker runs. */
  workflowBundle: string;
  /** Where it logs to. */
  logFile: string;
  /** The folder of PGlite; null with `DATABASE_URL`. */
  databaseFolder: string | null;
  /** Instead of the profile's. */
  maxCachedWorkflows?: number;
}

/** What it has used so far. */
export interface Usage {
  /** Microseconds of CPU, user and system. */
  cpu: number;
  /** Bytes. */
  rss: number;
  /** Bytes of its main thread's heap; workflows live in threads beside it. */
  heap: number;
  sql: SqlCount;
}

/** What it is asked. */
export type Question =
  | { ask: 'usage' }
  /** Writes orders into the registry, as the API does before it starts their workflows. */
  | { ask: 'register'; orders: { body: OrderBody; start: OrderLineStart }[] }
  | { ask: 'stop' };

/** What it says: once when it is up, and to each question. */
export type Word =
  | { is: 'up'; apiUrl: string | null }
  | { is: 'answer'; id: number; usage: Usage }
  | { is: 'failed'; why: string };
