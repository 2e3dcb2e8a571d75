import { setTimeout as sleep } from 'node:timers/promises';
import type { FileLock } from '../../db/file-lock';
import { StewardError } from '../../domain/errors';
import { untilDone } from '../until-done';
import { untilAnswering } from './answering';
import { DYNAMIC_CONFIG } from './dynamic-config';
import { DEV_SERVER, devServerArgs, findDevServerExecutable } from './find-dev-server';
import { launch } from './launch';
import { takeLock } from './lock';
import { freePort, isFree, LOOPBACK } from './ports';
import { withProgress } from './progress';

/** How long a previous server may take to let go of its file or port. */
const PREDECESSOR_MS = 15_000;
/** How long a killed server may take to leave its port. */
const LEAVING_MS = 1000;
/** How long a server with a file may take to stop before it is killed. */
const STOP_MS = 10_000;
/** A start may take this long in silence. */
const QUIET_MS = 3000;
/**
 * New tasks of a queue stand in one line, as one process serves it: by default they are spread over four, of which a poll
 * asks one, and a task may wait while later ones are taken. All four are read on: a file of an older release may have tasks
 * in them.
 */
const ONE_LINE = { 'matching.numTaskqueueWritePartitions': '1' };
/** Last words of a server whose start may be repeated. */
const PASSING = /SQLITE_BUSY|database is locked|address already in use/;

/** How to start a dev server. */
export interface DevServerOptions {
  /** gRPC port on 127.0.0.1. Default: a free one. */
  port?: number;
  /** Port of the web UI. Default: a free one, if `headless` is false. */
  uiPort?: number;
  /** No web UI. Default: true, unless `uiPort` is given. */
  headless?: boolean;
  /** SQLite file, in an existing folder, that keeps namespaces and workflows. Default: all is forgotten. */
  dbFile?: string;
  /** Created if it does not exist. */
  namespace: string;
  /** URL of the codec server with which the UI shows payloads in the clear. */
  uiCodecEndpoint?: string;
  /**
   * Dynamic configuration beside `DYNAMIC_CONFIG` and `ONE_LINE`, key to JSON value:
   * `{ 'limit.historyCount.suggestContinueAsNew': '20' }`.
   */
  dynamicConfig?: Record<string, string>;
  /** File to which the server's output is appended. Default: shown only if the start fails. */
  logFile?: string;
  /** The `temporal` executable. Default: found by `findDevServerExecutable`. */
  executable?: string;
  /** How a person chooses other ports, for PORT_BUSY. Default: these options' names. */
  portOptions?: { port: string; uiPort: string };
}

/** A dev server that runs until it is stopped, or until this process ends in whatever way. */
export interface DevServer {
  /** `127.0.0.1:port`, for clients and workers. */
  readonly address: string;
  /** The web UI, unless headless. */
  readonly uiUrl: string | undefined;
  /** The server's process. */
  readonly pid: number;
  /** Resolves with the exit code (128 + n after signal n) when the server has ended, wanted or not. */
  readonly exited: Promise<number>;
  /** Stops the server and waits until it is gone: in order if it has a file, else at once. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a Temporal dev server on loopback and waits until it answers and has its namespace. A
 * previous server that still works on `dbFile` gets 15 s to end.
 *
 * @throws StewardError PORT_BUSY; SERVER_MISSING if there is no executable; SERVER_FAILED with the
 *   server's last words, or when another process keeps using `dbFile`.
 */
export async function startDevServer(options: DevServerOptions): Promise<DevServer> {
  const executable = options.executable ?? (await findDevServerExecutable()).executable;
  return untilDone(() => start(executable, options), {
    forMs: PREDECESSOR_MS,
    everyMs: 500,
    isPassing: (error) => PASSING.test((error as Error).message),
  });
}

async function start(executable: string, options: DevServerOptions): Promise<DevServer> {
  const { dbFile, namespace, logFile, headless = options.uiPort === undefined, portOptions } = options;
  const lock = dbFile === undefined ? undefined : await takeFile(dbFile);
  try {
    const port = await choosePort(options.port, DEV_SERVER, portOptions?.port ?? 'port');
    const uiPort = headless
      ? undefined
      : await choosePort(options.uiPort, 'Temporal UI', portOptions?.uiPort ?? 'uiPort');
    const args = [...devServerArgs(port), ...flags(options, uiPort)];
    const graceMs = dbFile === undefined ? 0 : STOP_MS;
    const answers = (ended: Promise<unknown>) => untilAnswering(port, ended, namespace);
    const { pid, exited, stop } = await withProgress(
      `${DEV_SERVER}: starting`,
      () => launch({ server: DEV_SERVER, executable, args, answers, graceMs, logFile, lock }),
      QUIET_MS,
    );
    return {
      address: `${LOOPBACK}:${port}`,
      uiUrl: uiPort === undefined ? undefined : `http://${LOOPBACK}:${uiPort}`,
      pid,
      exited,
      stop,
    };
  } finally {
    await lock?.release();
  }
}

/** Two servers on one file would both work, and ruin it: SQLite does not keep the second out. */
async function takeFile(dbFile: string): Promise<FileLock> {
  const lock = await withProgress(`${DEV_SERVER}: waiting for the previous one to leave ${dbFile}`, () =>
    takeLock(dbFile, PREDECESSOR_MS),
  );
  if (typeof lock !== 'number') return lock;
  throw new StewardError('SERVER_FAILED', {
    server: DEV_SERVER,
    reason: `process ${lock} works on ${dbFile}; end it, or choose another file`,
  });
}

async function choosePort(wanted: number | undefined, what: string, option: string): Promise<number> {
  if (wanted === undefined) return await freePort();
  for (const deadline = Date.now() + LEAVING_MS; Date.now() < deadline; await sleep(50)) {
    if (await isFree(wanted)) return wanted;
  }
  throw new StewardError('PORT_BUSY', { port: wanted, what, option });
}

function flags(options: DevServerOptions, uiPort: number | undefined): string[] {
  const { namespace, dbFile, uiCodecEndpoint, dynamicConfig } = options;
  return [
    ...['--namespace', namespace],
    ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]),
    ...(dbFile === undefined ? [] : ['--db-filename', dbFile]),
    ...(uiCodecEndpoint === undefined ? [] : ['--ui-codec-endpoint', uiCodecEndpoint]),
    ...Object.entries({ ...DYNAMIC_CONFIG, ...ONE_LINE, ...dynamicConfig }).flatMap(([key, value]) => [
      '--dynamic-config-value',
      `${key}=${value}`,
    ]),
  ];
}
