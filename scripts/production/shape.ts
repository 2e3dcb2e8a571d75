import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { card, issueTokens } from '../../cli/up/card';
import { registerCatalogue } from '../../cli/up/catalogue';
import { demoClients } from '../../cli/up/clients';
import type { Closers } from '../../cli/up/closers';
import { ownWorld } from '../../cli/up/own-world';
import type { Playable, UpIo } from '../../cli/up/play';
import type { Sample } from '../../cli/up/samples';
import { hostsOf, simSettings, trusting } from '../../cli/up/sim-settings';
import { startSims, type Sims } from '../../cli/up/sims';
import { refuseKeyServer } from '../../cli/up/start';
import { StewardError } from '../../domain/errors';
import type { WindowProfile } from '../../domain/windows';
import { generateKeys } from '../../workers/generate-keys';
import { listed } from '../../workers/keys';
import { namesAccount } from '../../workers/logistics-settings';
import { freePort, startPostgres, startTemporalServer } from '../../workers/servers';
import { isFree } from '../../workers/servers/ports';
import { apiSettings } from '../../workers/settings';
import { makeDatabase } from './database';
import { writeEnvFile } from './env-file';
import { makeFolder } from './folder';
import { keepRunning, type Part } from './kept';
import { startSteward } from './steward';

export interface ShapeOptions {
  windows: WindowProfile;
  apiPort: number;
  secondApiPort: number;
  temporalPort: number;
  /** Keeps all of it. Default: a temporary folder. */
  state?: string;
}

const NAMESPACE = 'steward';

/**
 * Starts, in this order: PostgreSQL, the Temporal server on it, the simulated parties, two workers and two APIs. What
 * has been started is in `closers`, also when a later part fails. A part that dies is started again.
 */
export async function startShape(
  options: ShapeOptions,
  { env: environment, stderr }: UpIo,
  samples: readonly Sample[],
  closers: Closers,
): Promise<Playable> {
  refuseKeyServer(environment);
  const apiPorts = [options.apiPort, options.secondApiPort];
  await refuseBusy({ 'API 1': apiPorts[0], 'API 2': apiPorts[1], [TEMPORAL]: options.temporalPort });
  const folder = makeFolder(options.state);
  closers.add('folder', () => Promise.resolve(folder.clear()));
  const file = (name: string) => join(folder.path, name);
  const keep = async (name: string, start: () => Promise<Part>): Promise<void> => {
    stderr.write(`${name}: starting …\n`);
    closers.add(name, await keepRunning(name, start, (sentence) => stderr.write(`${sentence}\n`)));
  };

  const postgres = { folder: file('postgres'), port: await freePort(), durable: options.state !== undefined };
  let postgresUrl = '';
  await keep('PostgreSQL', async () => {
    const server = await startPostgres(postgres);
    postgresUrl = server.url;
    return server;
  });
  const databaseUrl = await makeDatabase(postgresUrl);
  const temporalAddress = `127.0.0.1:${options.temporalPort}`;
  await keep(TEMPORAL, () =>
    startTemporalServer({
      ...{ postgresUrl, namespace: NAMESPACE, port: options.temporalPort },
      ...{ folder: file('temporal'), logFile: file('temporal.log') },
    }),
  );

  const secrets = { ...(await generateKeys(folder.path)), ...ownWorld(environment) };
  const sims = await startSims(folder.path, samples, {
    webhookSecret: listed(secrets.PLATFORM_WEBHOOK_SECRET)[0] ?? '',
    platformUrl: environment['PLATFORM_URL'],
    smtpUrl: environment['SMTP_URL'],
    kuaidi100: namesAccount(environment),
  });
  closers.add('simulated parties', () => sims.close());

  const apiUrls = apiPorts.map((port) => `http://127.0.0.1:${port}`);
  const env: NodeJS.ProcessEnv = {
    STEWARD_ORDER_LINK: `${apiUrls[0]}/v1/orders/{orderId}`,
    ...secrets,
    ...simSettings(sims),
    ...egress(sims, environment, file('ca.pem')),
    STEWARD_WINDOWS: options.windows,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: NAMESPACE,
  };
  // One after the other: the first worker migrates the database and would keep the others waiting.
  for (const n of [1, 2]) {
    const name = `Worker ${n}`;
    await keep(name, () => startSteward({ name, command: 'worker', env, logFile: file(`worker-${n}.log`) }));
  }
  for (const [index, port] of apiPorts.entries()) {
    const name = `API ${index + 1}`;
    const logFile = file(`api-${index + 1}.log`);
    const args = ['--port', String(port)];
    await keep(name, () => startSteward({ name, command: 'api', args, env, logFile }));
  }

  const tokens = await issueTokens(apiSettings(env));
  const [first = '', second = ''] = apiUrls;
  // Every API serves every order.
  const clients = { ...demoClients(second, tokens), platform: demoClients(first, tokens).platform };
  await registerCatalogue(clients, sims.seller);
  const takeSettings = writeEnvFile(file('steward.env'), { ...env, STEWARD_API: first });
  const places = {
    'API 1': `${first} (OpenAPI at ${first}/docs)`,
    'API 2': second,
    'Worker 1, worker 2': 'no address: they ask Temporal for work',
    Temporal: `${temporalAddress}, namespace ${NAMESPACE}`,
    PostgreSQL: `127.0.0.1:${postgres.port}, databases steward, temporal and temporal_visibility`,
    'Simulated seller': sims.seller.productionUrl,
    'Settings for "npx steward …"': takeSettings,
    State: `${folder.path}${options.state === undefined ? ', removed at the end' : ''} (a log for each part)`,
  };
  const example = `curl -s -H "Authorization: Bearer ${tokens.operator}" ${second}/v1/orders`;
  return {
    card: card(places, tokens, example),
    clients,
    logFile: file('worker-1.log'),
    // What dies is started again, for ever.
    broken: new Promise(() => undefined),
  };
}

const TEMPORAL = 'Temporal server';

function egress(sims: Sims, environment: NodeJS.ProcessEnv, caFile: string): Record<string, string> {
  const { STEWARD_EGRESS_ALLOW: allow, STEWARD_EGRESS_CA: ca } = environment;
  writeFileSync(caFile, trusting(sims, ca === undefined ? undefined : readFileSync(ca, 'utf8')), {
    mode: 0o600,
  });
  return {
    STEWARD_EGRESS_ALLOW: [...(allow ? [allow] : []), ...hostsOf(sims)].join(','),
    STEWARD_EGRESS_CA: caFile,
  };
}

async function refuseBusy(ports: Record<string, number | undefined>): Promise<void> {
  for (const [what, port] of Object.entries(ports)) {
    if (port === undefined || (await isFree(port))) continue;
    const option = '--api-port, --second-api-port or --temporal-port';
    throw new StewardError('PORT_BUSY', { port, what, option });
  }
}
