import type { FastifyInstance } from 'fastify';
import { Histogram, type Registry } from 'prom-client';

/** A command waits up to ten seconds for a worker. */
const SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Measures the requests of an app; to be given to it before its routes, which are named as they are registered. */
export function measureRequests(registry: Registry): (app: FastifyInstance) => void {
  const duration = new Histogram({
    name: 'steward_http_request_duration_seconds',
    help: 'How long requests to the API took, by route and status code',
    labelNames: ['method', 'route', 'code'],
    buckets: SECONDS,
    registers: [registry],
  });
  return (app) => {
    app.addHook('onResponse', (request, reply, done) => {
      const { method, routeOptions } = request;
      const labels = { method, route: routeOptions.url ?? 'none', code: reply.statusCode };
      duration.observe(labels, reply.elapsedTime / 1_000);
      done();
    });
  };
}
