import { cached, fetchOnce } from './cache';
import { probe } from './launch';
import { maven } from './maven';
import { fetchUnlessFailed, sdkDownload } from './sdk-download';
import { firstWay, type Found, type Way } from './ways';

const TEST_SERVER = 'Temporal time-skipping server';

const common = {
  server: TEST_SERVER,
  folder: 'temporal-test-server',
  executable: 'temporal-test-server',
  check: (executable: string) => probe(TEST_SERVER, executable, (port) => [String(port)]),
};
const SDK = sdkDownload({ ...common, create: 'createTimeSkipping' });
const MAVEN = maven(common);

const WAYS: readonly Way<{ executable: string }>[] = [
  { name: 'cache', find: () => ({ executable: cached(SDK) ?? cached(MAVEN) ?? fail('nothing there yet') }) },
  { name: 'download by the Temporal SDK', find: async () => ({ executable: await fetchUnlessFailed(SDK) }) },
  { name: 'Maven', find: async () => ({ executable: await fetchOnce(MAVEN) }) },
];

/**
 * Finds the time-skipping server: the cache, the SDK's download, its Maven artifact. For
 * `TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } })`.
 *
 * @throws StewardError SERVER_MISSING that names each way and why it failed.
 */
export async function findTestServer(): Promise<Found<{ executable: string }>> {
  return await firstWay(TEST_SERVER, WAYS);
}

function fail(reason: string): never {
  throw new Error(reason);
}
