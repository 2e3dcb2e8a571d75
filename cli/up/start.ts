import { join } from 'node:path';
import type { FastifyPluginAsync } from 'fastify';
import pino from 'pino';
import { openDatabase } from '../../db/connect';
import { StewardError } from '../../domain/errors';
import type { Role } from '../../domain/parties';
import type { WindowProfile } from '../../domain/windows';
import { EncryptionCodec } from '../../workers/codec/encryption-codec';
import { generateKeys } from '../../workers/generate-keys';
import { codecKeys, listed } from '../../workers/keys';
import { createLogger, installRuntimeLogger, toTemporalLogger } from '../../workers/logger';
import { namesAccount } from '../../workers/logistics-settings';
import { openRuntime, startWorkers } from '../../workers/runtime';
import { readSettings, stateFolder } from '../../workers/settings';
import { serveApi } from '../serve-api';
import type { Settled } from '../settle';
import { issueTokens } from './card';
import { registerCatalogue } from './catalogue';
import { demoClients, type DemoClients } from './clients';
import { closeMonth } from './close-month';
import type { Closers } from './closers';
import { devMail } from './dev-mail';
import { devSeller } from './dev-seller';
import type { Sample } from './samples';
import { hostsOf, simSettings, trusting } from './sim-settings';
import { startSims } from './sims';
import { startLocalTemporal } from './temporal';

export interface StartOptions {
  windows: WindowProfile;
  apiPort: number;
  temporalPort: number;
  uiPort: number;
}

/** A whole Steward on this machine, running. */
export interface Local {
  apiUrl: string;
  /** Null when `TEMPORAL_ADDRESS` names a server whose UI is unknown. */
  uiUrl: string | null;
  /** Where the mailbox shows its mails; null when `SMTP_URL` names another mail server. */
  mailUrl: string | null;
  /** Where the simulated seller is mended or broken by hand. */
  sellerUrl: string;
  /** Where Prometheus scrapes. */
  metricsUrl: string | null;
  stateFolder: string;
  logFile: string;
  tokens: Record<Role, string>;
  clients: DemoClients;
  /** Whether its page has told the simulated seller what to do with an order. */
  isTold: (orderId: string) => boolean;
  /** Resolves with a sentence when a part has ended by itself. */
  broken: Promise<string>;
  /** See `closeMonth`; undefined where months are as long as they are. */
  closeMonth: ((stop: AbortSignal) => Promise<Settled[] | undefined>) | undefined;
}

/**
 * Starts, in this order: keys and database, the simulated parties, the Temporal dev server (unless
 * `TEMPORAL_ADDRESS` names one), worker and API. What has been started is in `closers`, also when a
 * later part fails.
 */
export async function startAll(
  options: StartOptions,
  environment: NodeJS.ProcessEnv,
  samples: readonly Sample[],
  closers: Closers,
): Promise<Local> {
  const folder = stateFolder(environment);
  refuseKeyServer(environment);
  const keys = await generateKeys(folder);
  const env = { ...keys, ...environment, STEWARD_WINDOWS: options.windows };
  const logFile = join(folder, 'steward.log');
  const log = createLogger({ destination: pino.destination({ dest: logFile, mode: 0o600 }) });

  const { DATABASE_URL: url, PLATFORM_URL: platformUrl, SMTP_URL: smtpUrl } = environment;
  const { TEMPORAL_ADDRESS: address } = environment;
  const database = await openDatabase(url ? { url } : { folder: join(folder, 'pglite') });
  closers.add('database', () => database.close());

  const [webhookSecret = ''] = listed(env.PLATFORM_WEBHOOK_SECRET);
  const outside = { webhookSecret, platformUrl, smtpUrl, kuaidi100: namesAccount(environment) };
  const sims = await startSims(folder, samples, outside);
  closers.add('simulated parties', () => sims.close());

  const codec = new EncryptionCodec(codecKeys(env));
  const temporal = address ? undefined : await startLocalTemporal({ ...options, stateFolder: folder, codec });
  if (temporal) closers.add('Temporal dev server', () => temporal.stop());

  const settings = readSettings({
    STEWARD_METRICS_LISTEN: '127.0.0.1:0',
    STEWARD_ORDER_LINK: `http://127.0.0.1:${options.apiPort}/v1/orders/{orderId}`,
    ...env,
    ...simSettings(sims),
    TEMPORAL_ADDRESS: temporal?.address ?? address,
  });
  // Whatever profile this person has for other clusters, our own dev server is reached in the clear.
  if (temporal) settings.temporal = { connection: { address: temporal.address }, namespace: 'default' };
  // Nobody makes a build the current one there.
  if (temporal) settings.deployment = undefined;
  // Never on a database or a cluster that somebody may have other plans with.
  settings.closesEarly = options.windows === 'fast' && !url && temporal !== undefined;
  const { egress } = settings;
  egress.allow.push(...hostsOf(sims));
  egress.ca = trusting(sims, egress.ca);
  const runtime = await openRuntime(settings, database);
  closers.add('Temporal client', () => runtime.close());
  installRuntimeLogger(toTemporalLogger(log), await runtime.operations?.metrics.coreAddress());
  const workers = await startWorkers(runtime, 'local', log);
  closers.add('workers', () => workers.stop());
  const apiAddress = { host: '127.0.0.1', port: options.apiPort, portOption: '--api-port' };
  const { mailbox, seller } = sims;
  const pages: FastifyPluginAsync = async (app) => {
    await app.register(devSeller(seller.control));
    if (mailbox) await app.register(devMail(mailbox));
  };
  const api = await serveApi(runtime, log, apiAddress, pages);
  closers.add('API', () => api.close());

  const tokens = await issueTokens(settings);
  const clients = demoClients(api.url, tokens);
  await registerCatalogue(clients, seller);
  const ended = [workers.ended.then(() => 'The workers ended')];
  if (temporal) ended.push(temporal.exited.then(() => 'The Temporal dev server ended'));
  return {
    apiUrl: api.url,
    uiUrl: temporal?.uiUrl ?? null,
    sellerUrl: `${api.url}/dev/seller`,
    mailUrl: mailbox ? `${api.url}/dev/mail` : null,
    metricsUrl: runtime.operations ? `${runtime.operations.url}/metrics` : null,
    ...{ stateFolder: folder, logFile, tokens, clients },
    isTold: (orderId) =>
      seller.control.outlook().some((one) => one.orderId === orderId && one.told !== undefined),
    broken: Promise.race(ended),
    closeMonth: settings.closesEarly ? (stop) => closeMonth(runtime.client, stop) : undefined,
  };
}

/** Its own parties need tokens, which only somebody with the key of a key server can make. */
export function refuseKeyServer({ JWT_JWKS_URL: url }: NodeJS.ProcessEnv): void {
  if (!url) return;
  const reason = '"steward up" signs its tokens itself; unset it, or use "steward api" and "steward worker"';
  throw new StewardError('CONFIG_INVALID', { setting: 'JWT_JWKS_URL', reason });
}
