import { join } from 'node:path';
import pino from 'pino';
import { openDatabase } from '../../db/connect';
import { StewardError } from '../../domain/errors';
import type { Role } from '../../domain/parties';
import type { WindowProfile } from '../../domain/windows';
import { EncryptionCodec } from '../../workers/codec/encryption-codec';
import { generateKeys } from '../../workers/generate-keys';
import { codecKeys } from '../../workers/keys';
import { createLogger, installRuntimeLogger, toTemporalLogger } from '../../workers/logger';
import { namesAccount } from '../../workers/logistics-settings';
import { openRuntime, startWorker } from '../../workers/runtime';
import { readSettings, stateFolder } from '../../workers/settings';
import { serveApi } from '../serve-api';
import { issueTokens } from './card';
import { registerCatalogue } from './catalogue';
import { demoClients, type DemoClients } from './clients';
import type { Closers } from './closers';
import { devMail } from './dev-mail';
import type { Sample } from './samples';
import { startSims, type Sims } from './sims';
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
  stateFolder: string;
  logFile: string;
  tokens: Record<Role, string>;
  clients: DemoClients;
  /** Resolves with a sentence when a part has ended by itself. */
  broken: Promise<string>;
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

  const webhookSecret = env.PLATFORM_WEBHOOK_SECRET;
  const outside = { webhookSecret, platformUrl, smtpUrl, kuaidi100: namesAccount(environment) };
  const sims = await startSims(folder, samples, outside);
  closers.add('simulated parties', () => sims.close());

  const codec = new EncryptionCodec(codecKeys(env));
  const temporal = address ? undefined : await startLocalTemporal({ ...options, stateFolder: folder, codec });
  if (temporal) closers.add('Temporal dev server', () => temporal.stop());

  const settings = readSettings({
    STEWARD_ORDER_LINK: `http://127.0.0.1:${options.apiPort}/v1/orders/{orderId}`,
    ...env,
    PLATFORM_URL: sims.platformUrl,
    SMTP_URL: sims.smtpUrl,
    ...carrierSettings(sims.carrier),
    TEMPORAL_ADDRESS: temporal?.address ?? address,
  });
  // Whatever profile this person has for other clusters, our own dev server is reached in the clear.
  if (temporal) settings.temporal = { connection: { address: temporal.address }, namespace: 'default' };
  trustSims(settings.egress, sims);
  const runtime = await openRuntime(settings, database);
  closers.add('Temporal client', () => runtime.close());
  installRuntimeLogger(toTemporalLogger(log));
  const worker = await startWorker(runtime, 'local', log);
  closers.add('worker', () => worker.stop());
  const apiAddress = { host: '127.0.0.1', port: options.apiPort, portOption: '--api-port' };
  const { mailbox } = sims;
  const api = await serveApi(runtime, log, apiAddress, mailbox && devMail(mailbox));
  closers.add('API', () => api.close());

  const tokens = await issueTokens(settings);
  const clients = demoClients(api.url, tokens);
  await registerCatalogue(clients.platform, sims.seller);
  const ended = [worker.ended.then(() => 'The worker ended')];
  if (temporal) ended.push(temporal.exited.then(() => 'The Temporal dev server ended'));
  return {
    apiUrl: api.url,
    uiUrl: temporal?.uiUrl ?? null,
    mailUrl: mailbox ? `${api.url}/dev/mail` : null,
    ...{ stateFolder: folder, logFile, tokens, clients },
    broken: Promise.race(ended),
  };
}

/** Its own parties need tokens, which only somebody with the key of a key server can make. */
function refuseKeyServer({ JWT_JWKS_URL: url }: NodeJS.ProcessEnv): void {
  if (!url) return;
  const reason = '"steward up" signs its tokens itself; unset it, or use "steward api" and "steward worker"';
  throw new StewardError('CONFIG_INVALID', { setting: 'JWT_JWKS_URL', reason });
}

function carrierSettings(carrier: Sims['carrier']): Record<string, string> {
  if (!carrier) return {};
  const { url, customer, key } = carrier;
  return { KUAIDI100_URL: url, KUAIDI100_CUSTOMER: customer, KUAIDI100_KEY: key };
}

/** The simulated seller and carrier are on loopback with certificates of their own authority. */
function trustSims(
  egress: { allow: string[]; ca: string | undefined },
  { seller, carrier, caPem }: Sims,
): void {
  egress.allow.push(new URL(seller.productionUrl).host);
  if (carrier) egress.allow.push(new URL(carrier.url).host);
  egress.ca = egress.ca === undefined ? caPem : `${egress.ca}\n${caPem}`;
}
