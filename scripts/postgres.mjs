/** A throw-away PostgreSQL cluster from local binaries, for tests. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Debian's place, a folder for each version. */
const DEBIAN = '/usr/lib/postgresql';
const USER = 'steward';

/**
 * Starts a cluster on a free loopback port, with a random password; as root under an unprivileged user.
 *
 * @returns {Promise<{url: string, stop: () => void}>} `stop` ends it and removes all of it
 */
export async function startPostgres() {
  const bin = findBinaries();
  const owner = process.getuid?.() === 0 ? unprivileged() : undefined;
  const folder = mkdtempSync(join(tmpdir(), 'steward-postgres-'));
  const data = join(folder, 'data');
  const log = join(folder, 'log');
  const password = randomBytes(16).toString('hex');
  const run = (program, ...args) =>
    execFileSync(join(bin, program), args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], ...owner });
  const stop = () => {
    try {
      if (existsSync(join(data, 'postmaster.pid'))) run('pg_ctl', 'stop', '-D', data, '-m', 'immediate');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  try {
    writeFileSync(join(folder, 'password'), password, { mode: 0o600 });
    for (const path of owner ? [folder, join(folder, 'password')] : []) chownSync(path, owner.uid, owner.gid);
    const port = await freePort();
    console.error(`PostgreSQL: starting a throw-away cluster from ${bin} on port ${port}`);
    const login = ['-U', USER, '-A', 'scram-sha-256', `--pwfile=${join(folder, 'password')}`];
    run('initdb', '-D', data, ...login, '-E', 'UTF8', '--no-locale', '--no-sync');
    const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`;
    run('pg_ctl', 'start', '-w', '-D', data, '-l', log, '-o', settings);
    return { url: `postgres://${USER}:${password}@127.0.0.1:${port}/postgres`, stop };
  } catch (error) {
    const words = existsSync(log) ? readFileSync(log, 'utf8') : '';
    stop();
    throw new Error(`PostgreSQL did not start: ${error.message}\n${words}`, { cause: error });
  }
}

/** The folder with `initdb` and `pg_ctl`: on the PATH, else Debian's newest. */
function findBinaries() {
  const debian = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...debian.map((version) => join(DEBIAN, version, 'bin')),
  ];
  const found = folders.find((folder) =>
    ['initdb', 'pg_ctl'].every((program) => existsSync(join(folder, program))),
  );
  if (found) return found;
  throw new Error(
    'PostgreSQL was not found. Either set DATABASE_URL to an empty database, or install the PostgreSQL server\n' +
      `(initdb and pg_ctl on the PATH or below ${DEBIAN}), and start again.`,
  );
}

/** PostgreSQL refuses to run as root. */
function unprivileged() {
  for (const user of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = ['-u', '-g'].map((what) =>
        Number(execFileSync('id', [what, user], { stdio: 'pipe' })),
      );
      return { uid, gid };
    } catch {
      // There is no such user: try the next.
    }
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is no user postgres or nobody; be another user',
  );
}

async function freePort() {
  return await new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
