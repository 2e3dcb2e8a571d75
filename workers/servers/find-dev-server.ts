import { cached, fetchOnce } from './cache';
import { goInstall } from './go-install';
import { probe } from './launch';
import { LOOPBACK } from './ports';
import { onPath, run } from './run';
import { fetchUnlessFailed, sdkDownload } from './sdk-download';
import { firstWay, type Found, type Way } from './ways';

export const DEV_SERVER = 'Temporal dev server';
/** Older servers lack worker deployments or summaries. */
const OLDEST = { major: 1, minor: 28 };

const common = {
  server: DEV_SERVER,
  folder: 'temporal-dev-server',
  check: (executable: string) =>
    probe(DEV_SERVER, executable, (port) => [...devServerArgs(port), '--headless']),
};
const SDK = sdkDownload({ ...common, executable: 'temporal', create: 'createLocal' });
const GO = goInstall({
  ...common,
  packages: ['github.com/temporalio/cli/cmd/temporal'],
  // The last version whose module can be installed by `go install`.
  version: 'v1.5.1',
});

const WAYS: readonly Way<{ executable: string }>[] = [
  { name: 'temporal on the PATH', find: async () => ({ executable: await installed() }) },
  { name: 'cache', find: () => ({ executable: cached(SDK) ?? cached(GO) ?? fail('nothing there yet') }) },
  { name: 'download by the Temporal SDK', find: async () => ({ executable: await fetchUnlessFailed(SDK) }) },
  { name: 'go install', find: async () => ({ executable: await fetchOnce(GO) }) },
];

/**
 * Finds a dev server: `temporal` on the PATH, the cache, the SDK's download, `go install`. The last two
 * can take minutes, once; they show their progress on stderr. Who may use a server that runs already looks
 * at `TEMPORAL_ADDRESS` before.
 *
 * @throws StewardError SERVER_MISSING that names each way and why it failed.
 */
export async function findDevServerExecutable(): Promise<Found<{ executable: string }>> {
  return await firstWay(DEV_SERVER, WAYS);
}

/** The arguments with which every dev server starts. */
export function devServerArgs(port: number): string[] {
  return ['server', 'start-dev', '--ip', LOOPBACK, '--port', String(port)];
}

async function installed(): Promise<string> {
  const executable = onPath('temporal') ?? fail('not there; install the Temporal CLI');
  const output = await run(executable, ['--version'], { signal: AbortSignal.timeout(10_000) });
  const [, major, minor] =
    /Server (\d+)\.(\d+)/.exec(output) ?? fail(`${executable} tells no server version: ${output}`);
  if (Number(major) === OLDEST.major && Number(minor) < OLDEST.minor) {
    fail(
      `${executable} has server ${major}.${minor}, needed is ${OLDEST.major}.${OLDEST.minor} or newer; update it`,
    );
  }
  return executable;
}

function fail(reason: string): never {
  throw new Error(reason);
}
