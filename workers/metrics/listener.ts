import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import { StewardError } from '../../domain/errors';
import type { Metrics } from './metrics';
import { METRICS_LISTEN, type ListenAddress } from './settings';

/** What has to be there for a process to do its work, each named: `{ worker: true }`. */
export type Readiness = () => Promise<Record<string, boolean>>;

export interface ListenerOptions {
  listen: ListenAddress;
  metrics: Metrics;
}

/** A listener for those who operate a process. */
export interface OperationsListener {
  /** `http://host:port`. */
  url: string;
  /** From now on `/readyz` asks this; until then the process is starting, and not ready. */
  readyWhen(part: Readiness): void;
  close(): Promise<void>;
}

/**
 * Serves `/metrics`, `/healthz` (the process answers) and `/readyz` (503 with what is missing) to whoever reaches
 * the address: it asks for no token, and tells no personal data. Everything else is 404.
 *
 * @throws `PORT_BUSY`
 */
export async function listenForOperations({ listen, metrics }: ListenerOptions): Promise<OperationsListener> {
  const parts: Readiness[] = [];
  const app = fastify({ forceCloseConnections: true });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send());
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const states = await Promise.all(parts.map((part) => part()));
    const ready = states.length > 0 && states.every((state) => Object.values(state).every(Boolean));
    return reply.code(ready ? 200 : 503).send(Object.assign({}, ...states) as Record<string, boolean>);
  });
  try {
    await app.listen(listen);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new StewardError(
      'PORT_BUSY',
      { port: listen.port, what: 'metrics', option: METRICS_LISTEN },
      { cause },
    );
  }
  const { port } = app.server.address() as AddressInfo;
  const host = listen.host.includes(':') ? `[${listen.host}]` : listen.host;
  return {
    url: `http://${host}:${port}`,
    readyWhen: (part) => parts.push(part),
    close: () => app.close(),
  };
}
