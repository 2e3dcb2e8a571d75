import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StewardError } from '../../domain/errors';
import { untilAnswering } from './answering';
import type { DevServer } from './dev-server';
import { DYNAMIC_CONFIG } from './dynamic-config';
import { findTemporalServer, TEMPORAL_SERVER } from './find-temporal-server';
import { launch } from './launch';
import { openNamespace } from './open-namespace';
import { freePort, isFree, LOOPBACK } from './ports';
import { withProgress } from './progress';
import { prepareDatabases } from './sql-tool';
import { PASSWORD_VARIABLE, PORTS, serverConfig } from './temporal-config';

/** How long it may take to stop before it is killed. */
const STOP_MS = 10_000;
/** A start may take this long in silence. */
const QUIET_MS = 3000;
/** Names the configuration's file. */
const ENVIRONMENT = 'steward';

/** How to start a Temporal server on PostgreSQL. */
export interface TemporalServerOptions {
  /** Names a role that may make databases: the server's are `temporal` and `temporal_visibility`. */
  postgresUrl: string;
  /** Its configuration, and its ports for the next start. Made if it does not exist. */
  folder: string;
  /** Registered if it does not exist, with the search attributes and the retention of Steward. */
  namespace: string;
  /** gRPC port on 127.0.0.1. Default: the one of the last start in this folder, else a free one. */
  port?: number;
  /** How finely the work is divided, fixed for ever at the first start. Default 16. */
  historyShards?: number;
  /** Dynamic configuration beside `DYNAMIC_CONFIG`, key to JSON value. */
  dynamicConfig?: Record<string, string>;
  /** File to which the server's output is appended. Default: shown only if the start fails. */
  logFile?: string;
}

/** A server that runs until it is stopped, or until this process ends in whatever way. */
export type TemporalServer = Omit<DevServer, 'uiUrl'>;

/**
 * Starts a real Temporal server, all services in one process, on a PostgreSQL, as a cluster in production has it; on
 * loopback and without containers. Resolves when it takes work for the namespace. Called again with the same folder
 * after the server was killed, it starts on the same ports.
 *
 * @throws StewardError SERVER_MISSING; SERVER_FAILED with its last words.
 */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  const { postgresUrl, folder, namespace, logFile } = options;
  const { server, sqlTool } = await findTemporalServer();
  return await withProgress(
    `${TEMPORAL_SERVER}: starting`,
    async () => {
      await prepareDatabases(sqlTool, postgresUrl).catch((cause: unknown) => {
        throw new StewardError(
          'SERVER_FAILED',
          { server: TEMPORAL_SERVER, reason: (cause as Error).message },
          { cause },
        );
      });
      const port = await configure(options);
      const { pid, exited, stop } = await launch({
        server: TEMPORAL_SERVER,
        executable: server,
        args: ['--root', folder, '--config', '.', '--env', ENVIRONMENT, '--allow-no-auth', 'start'],
        env: { [PASSWORD_VARIABLE]: decodeURIComponent(new URL(postgresUrl).password) },
        graceMs: STOP_MS,
        logFile,
        async answers(ended) {
          await untilAnswering(port, ended);
          await openNamespace(port, namespace);
        },
      });
      return { address: `${LOOPBACK}:${port}`, pid, exited, stop };
    },
    QUIET_MS,
  );
}

/** Writes the configuration. Returns the frontend's port. */
async function configure(options: TemporalServerOptions): Promise<number> {
  const { postgresUrl, folder, historyShards = 16, dynamicConfig } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const ports = await portsOf(join(folder, 'ports.json'), options.port);
  const dynamicConfigFile = join(folder, 'dynamic.yaml');
  const dynamic = Object.entries({ ...DYNAMIC_CONFIG, ...dynamicConfig }).map(([key, json]) => [
    key,
    [{ value: JSON.parse(json) as unknown }],
  ]);
  writeFileSync(dynamicConfigFile, JSON.stringify(Object.fromEntries(dynamic)), { mode: 0o600 });
  const config = serverConfig({ postgresUrl, ports, historyShards, dynamicConfigFile });
  writeFileSync(join(folder, `${ENVIRONMENT}.yaml`), config, { mode: 0o600 });
  return ports[0] as number;
}

/** Those of the last start if they are free: a killed server still stands in its database as a member there. */
async function portsOf(file: string, wanted: number | undefined): Promise<number[]> {
  const last = readPorts(file);
  if (last && (wanted === undefined || last[0] === wanted)) {
    const free = await Promise.all(last.map(isFree));
    if (free.every(Boolean)) return last;
  }
  const ports = new Set(wanted === undefined ? [] : [wanted]);
  while (ports.size < PORTS) ports.add(await freePort());
  writeFileSync(file, JSON.stringify([...ports]), { mode: 0o600 });
  return [...ports];
}

function readPorts(file: string): number[] | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as number[];
  } catch {
    return undefined;
  }
}
