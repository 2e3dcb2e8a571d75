import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { FastifyInstance } from 'fastify';
import type { MeasuredCall } from '../../activities/production';
import type { Database } from '../../db/connect';
import { freePort } from '../servers';
import { measureOrders } from './orders';
import { measureRequests } from './requests';
import { measureSellers } from './sellers';

/** What a process measures of itself, and of the orders. */
export interface Metrics {
  /** For the activities that call sellers. */
  sellerCall: (call: MeasuredCall) => void;
  /** For the API, before its routes. */
  requests: (app: FastifyInstance) => void;
  /** Says whether the worker of this process runs; until then this process has none. */
  worker: (running: () => boolean) => void;
  /** Where the SDK's core is to serve its metrics: a loopback address, whose text is in `text` from then on. */
  coreAddress: () => Promise<string>;
  /** All of it, in Prometheus' text format. */
  text: () => Promise<string>;
  /** Of `text`. */
  contentType: string;
}

/** How long the core of the SDK in this same process may take to tell its metrics, in ms. */
const CORE_MS = 2_000;

/** Measures this process, whose registry of orders is `db`. */
export function createMetrics(db: Database): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const refreshOrders = measureOrders(registry, db);
  let core: string | undefined;
  return {
    sellerCall: measureSellers(registry),
    requests: measureRequests(registry),
    worker(running) {
      new Gauge({
        name: 'steward_worker_running',
        help: 'Whether the worker of this process takes tasks',
        registers: [registry],
        collect() {
          this.set(running() ? 1 : 0);
        },
      });
    },
    async coreAddress() {
      core ??= `127.0.0.1:${await freePort()}`;
      return core;
    },
    async text() {
      await refreshOrders();
      const [own, sdk] = await Promise.all([registry.metrics(), core === undefined ? '' : coreText(core)]);
      return own + sdk;
    },
    contentType: registry.contentType,
  };
}

/** Nothing when it does not answer: the other figures are needed then most of all. */
async function coreText(address: string): Promise<string> {
  try {
    const answer = await fetch(`http://${address}/metrics`, { signal: AbortSignal.timeout(CORE_MS) });
    return answer.ok ? await answer.text() : '';
  } catch {
    return '';
  }
}
