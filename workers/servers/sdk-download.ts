import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '@temporalio/client/package.json';
import { cacheFolder, fetchOnce, type Fetched } from './cache';
import { withProgress } from './progress';
import { run } from './run';

const SCRIPT = join(__dirname, 'ephemeral.cjs');
/** A download that brings nothing for so long has failed. */
const STALL_MS = 20_000;
/** A failed download is not tried again for so long: each start would wait for it. */
const REMEMBER_MS = 24 * 3_600_000;

/** A server that the SDK's testing package downloads, in the version that belongs to this SDK. */
export function sdkDownload(
  options: Pick<Fetched, 'server' | 'executable' | 'check'> & {
    /** Its folder in the cache, without the version. */
    folder: string;
    /** The function of `TestWorkflowEnvironment` that starts it. */
    create: 'createLocal' | 'createTimeSkipping';
  },
): Fetched {
  const { server, create } = options;
  const executable = process.platform === 'win32' ? `${options.executable}.exe` : options.executable;
  return {
    ...options,
    executable,
    folder: join(options.folder, `sdk-${version}`),
    async fill(folder) {
      await withProgress(`${server}: downloading as the Temporal SDK does`, () => download(create, folder));
      const file = readdirSync(folder).find((name) => !name.endsWith('.downloading'));
      if (file === undefined) throw new Error('the SDK kept its download elsewhere');
      renameSync(join(folder, file), join(folder, executable));
    },
  };
}

/** `fetchOnce`, which fails at once for a day after it failed. */
export async function fetchUnlessFailed(wanted: Fetched): Promise<string> {
  const stamp = `${join(cacheFolder(), wanted.folder)}.failed`;
  if (existsSync(stamp) && Date.now() - statSync(stamp).mtimeMs < REMEMBER_MS) {
    const when = statSync(stamp).mtime.toISOString();
    throw new Error(
      `failed at ${when}, tried again a day later (at once without ${stamp}): ${readFileSync(stamp, 'utf8')}`,
    );
  }
  try {
    const executable = await fetchOnce(wanted);
    rmSync(stamp, { force: true });
    return executable;
  } catch (error) {
    writeFileSync(stamp, (error as Error).message);
    throw error;
  }
}

async function download(create: string, folder: string): Promise<void> {
  const stalled = new AbortController();
  let size = 0;
  let grown = Date.now();
  const watch = setInterval(() => {
    const now = sizeOf(folder);
    if (now !== size) [size, grown] = [now, Date.now()];
    if (Date.now() - grown > STALL_MS) stalled.abort(new Error(`nothing arrived for ${STALL_MS / 1000} s`));
  }, 500);
  try {
    await run(process.execPath, [SCRIPT, create, folder], { signal: stalled.signal });
  } finally {
    clearInterval(watch);
  }
}

function sizeOf(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}
