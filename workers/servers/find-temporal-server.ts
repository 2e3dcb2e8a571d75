import { dirname, join } from 'node:path';
import { cached, fetchOnce } from './cache';
import { goExecutable, goInstall } from './go-install';
import { run } from './run';
import { firstWay, type Found, type Way } from './ways';

export const TEMPORAL_SERVER = 'Temporal server';
const VERSION = '1.29.1';
const SQL_TOOL = 'go.temporal.io/server/cmd/tools/sql';

/** The programs of a Temporal cluster. */
export interface TemporalPrograms {
  /** All services in one process, on a database. */
  server: string;
  /** Makes the server's tables, and brings them up to date. */
  sqlTool: string;
}

const GO = goInstall({
  server: TEMPORAL_SERVER,
  folder: 'temporal-server',
  packages: ['go.temporal.io/server/cmd/server', SQL_TOOL],
  version: `v${VERSION}`,
  async check(server) {
    const { sqlTool } = besides(server);
    for (const program of [server, sqlTool]) {
      const said = await run(program, ['--version'], { signal: AbortSignal.timeout(60_000) });
      if (!said.includes(VERSION)) throw new Error(`${program} is not ${VERSION}: ${said.trim()}`);
    }
  },
});

const WAYS: readonly Way<TemporalPrograms>[] = [
  { name: 'cache', find: () => besides(cached(GO) ?? nothing()) },
  { name: 'go install', find: async () => besides(await fetchOnce(GO)) },
];

/**
 * Finds the server that clusters run, with its SQL tool: the cache, `go install` (minutes, once; progress on stderr).
 *
 * @throws StewardError SERVER_MISSING that names each way and why it failed.
 */
export async function findTemporalServer(): Promise<Found<TemporalPrograms>> {
  return await firstWay(TEMPORAL_SERVER, WAYS);
}

function besides(server: string): TemporalPrograms {
  return { server, sqlTool: join(dirname(server), goExecutable(SQL_TOOL)) };
}

function nothing(): never {
  throw new Error('nothing there yet');
}
