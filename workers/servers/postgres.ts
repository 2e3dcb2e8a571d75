import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { StewardError } from '../../domain/errors';
import { findPostgres, POSTGRES } from './find-postgres';
import { launch } from './launch';
import { freePort, LOOPBACK } from './ports';
import { withProgress } from './progress';
import type { Owner, Supervised } from './supervised';
import { unprivileged } from './unprivileged';

const USER = 'steward';
/** How long it may take to stop before it is killed. */
const STOP_MS = 20_000;
/** How long it may take to start: after a kill it reads its log again. */
const START_MS = 60_000;

/** How to start a PostgreSQL. */
export interface PostgresOptions {
  /**
   * Keeps the cluster for the next start; made if it does not exist. Every user must be able to enter the folders
   * above it when this process is root. Default: a throw-away one.
   */
  folder?: string;
  /** Default: a free one. */
  port?: number;
  /** Survives the loss of power too, at the price of speed. Default: if it has a folder. */
  durable?: boolean;
}

/** A PostgreSQL that runs until it is stopped, or until this process ends in whatever way. */
export interface PostgresServer extends Pick<Supervised, 'pid' | 'exited' | 'stop'> {
  /** `postgres://…` of a superuser, with its password. */
  readonly url: string;
}

/**
 * Starts a PostgreSQL from local binaries on a loopback port, with a random password; as root under an unprivileged
 * user. Called again with the same folder after the server was killed, it goes on with what was committed.
 *
 * @throws StewardError SERVER_MISSING; SERVER_FAILED with its last words
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const { folder: programs } = await findPostgres();
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'steward-postgres-'));
  const { durable = options.folder !== undefined } = options;
  const clear = () => options.folder === undefined && rmSync(folder, { recursive: true, force: true });
  try {
    const owner = unprivileged();
    const password = await makeCluster(programs, folder, owner);
    const port = options.port ?? (await freePort());
    const url = `postgres://${USER}:${password}@${LOOPBACK}:${port}/postgres`;
    const { pid, exited, stop } = await withProgress(`${POSTGRES}: starting`, () =>
      launch({
        server: POSTGRES,
        executable: join(programs, 'postgres'),
        args: ['-D', join(folder, 'data'), ...settings(port, durable)],
        ...{ owner, cwd: folder, graceMs: STOP_MS, logFile: join(folder, 'log') },
        // "Fast": ends sessions, where SIGTERM would wait for them.
        stopSignal: 'SIGINT',
        answers: (ended) => untilAnswering(url, ended),
      }),
    );
    return { url, pid, exited, stop: () => stop().finally(clear) };
  } catch (cause) {
    clear();
    if (cause instanceof StewardError) throw cause;
    throw new StewardError(
      'SERVER_FAILED',
      { server: POSTGRES, reason: (cause as Error).message },
      { cause },
    );
  }
}

function settings(port: number, durable: boolean): string[] {
  const all = {
    port,
    listen_addresses: LOOPBACK,
    unix_socket_directories: '',
    fsync: durable ? 'on' : 'off',
  };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Makes the cluster unless it is there. Returns the password. */
async function makeCluster(programs: string, folder: string, owner: Owner | undefined): Promise<string> {
  const passwordFile = join(folder, 'password');
  const data = join(folder, 'data');
  if (existsSync(join(folder, 'made'))) return readFileSync(passwordFile, 'utf8');

  // What an interrupted start has left is of no use.
  rmSync(data, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const password = randomBytes(16).toString('hex');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (owner) for (const path of [folder, passwordFile]) chownSync(path, owner.uid, owner.gid);
  const login = ['-U', USER, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
  const args = ['-D', data, ...login, '-E', 'UTF8', '--no-locale', '--no-sync'];
  try {
    await promisify(execFile)(join(programs, 'initdb'), args, { cwd: folder, ...owner });
  } catch (cause) {
    if (!owner || !(cause as Error).message.includes('Permission denied')) throw cause;
    const reason = `user ${owner.uid}, as whom it runs, cannot enter ${folder}; choose another folder, or be another user`;
    throw new Error(reason, { cause });
  }
  writeFileSync(join(folder, 'made'), '');
  return password;
}

async function untilAnswering(url: string, ended: Promise<unknown>): Promise<void> {
  const over = ended.then((): never => {
    throw new Error('it ended while starting');
  });
  for (const deadline = Date.now() + START_MS; ; await sleep(50)) {
    const problem = await Promise.race([problemOf(url), over]);
    if (problem === undefined) return;
    if (Date.now() > deadline) throw new Error(`no answer for ${START_MS / 1000} s: ${problem}`);
  }
}

async function problemOf(url: string): Promise<string | undefined> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return undefined;
  } catch (error) {
    return (error as Error).message;
  } finally {
    await client.end().catch(() => undefined);
  }
}
