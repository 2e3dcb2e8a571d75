import type { FastifyBaseLogger, FastifyPluginAsync } from 'fastify';
import { createApi } from '../api/app';
import { reachable } from '../api/reachable';
import { startSweep } from '../api/sweep';
import { temporalCertifications } from '../api/temporal-certifications';
import { temporalBills } from '../api/temporal-bills';
import { temporalLines } from '../api/temporal-lines';
import { StewardError } from '../domain/errors';
import { TASK_QUEUES } from '../temporal.config';
import type { Runtime } from '../workers/runtime';
import type { ApiSettings } from '../workers/settings';

export interface ApiAddress {
  /** Default 127.0.0.1. */
  host: string;
  port: number;
  /** How a person chooses another port, for `PORT_BUSY`. */
  portOption: string;
}

/** A listening API with its sweep. */
export interface ServedApi {
  /** `http://host:port`. */
  url: string;
  /** Answers what runs, takes nothing new. */
  close(): Promise<void>;
}

/**
 * Serves the HTTP API and starts the lines that are missing, at once and each minute (design §1, §5).
 *
 * @param beside what is served beside the API
 */
export async function serveApi(
  runtime: Runtime<ApiSettings>,
  logger: FastifyBaseLogger,
  { host, port, portOption }: ApiAddress,
  beside?: FastifyPluginAsync,
): Promise<ServedApi> {
  const { settings, database, client, operations, tracing } = runtime;
  const lines = temporalLines({ client, taskQueue: TASK_QUEUES.orders, logger });
  const app = await createApi({
    database: database.db,
    keyring: settings.keys.master,
    lines,
    certifications: temporalCertifications(client, TASK_QUEUES.orders),
    bills: temporalBills(client),
    windows: settings.windows,
    auth: settings.auth,
    logger,
    observe(app) {
      operations?.metrics.requests(app);
      tracing?.requests(app);
    },
  });
  if (beside) await app.register(beside);
  try {
    await app.listen({ host, port });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new StewardError('PORT_BUSY', { port, what: 'API', option: portOption }, { cause });
  }
  const sweep = startSweep({ database: database.db, lines, logger });
  let open = true;
  operations?.readyWhen(async () => ({
    api: open,
    ...(await reachable({ database: database.db, lines }, logger)),
  }));
  const close = async (): Promise<void> => {
    open = false;
    await sweep.stop();
    await app.close();
  };
  return { url: app.listeningOrigin, close };
}
