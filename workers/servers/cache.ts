import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { takeLock } from './lock';
import { withProgress } from './progress';
import { isExecutable } from './run';

/** Building takes minutes on a small machine. */
const OTHER_PROCESS_MS = 30 * 60_000;

/** Something that is fetched once for each user and kept outside the checkout. */
export interface Fetched {
  /** As named to people: `Temporal dev server`. */
  readonly server: string;
  /** Its folder in the cache, with its version: another version is another folder. */
  readonly folder: string;
  /** The executable in that folder. */
  readonly executable: string;
  /** Fetches it into an empty folder. */
  readonly fill: (folder: string) => Promise<void>;
  /** Proves that the executable works, or throws. */
  readonly check: (executable: string) => Promise<void>;
}

/** `STEWARD_CACHE`, else `steward` in the user's cache folder. */
export function cacheFolder(): string {
  const { STEWARD_CACHE, XDG_CACHE_HOME } = process.env;
  return STEWARD_CACHE || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'steward');
}

/** The executable, if it was fetched before. */
export function cached({ folder, executable }: Fetched): string | undefined {
  const file = join(cacheFolder(), folder, executable);
  return isExecutable(file) ? file : undefined;
}

/**
 * Fetches it, once among all processes: others wait and use the result. What is in the cache is
 * complete and was seen working; a failure leaves nothing.
 */
export async function fetchOnce(wanted: Fetched): Promise<string> {
  const target = join(cacheFolder(), wanted.folder);
  const draft = `${target}.partial`;
  mkdirSync(dirname(target), { recursive: true });
  const lock = await withProgress(`${wanted.server}: another process fetches it, waiting`, () =>
    takeLock(target, OTHER_PROCESS_MS),
  );
  if (typeof lock === 'number')
    throw new Error(`process ${lock} has been fetching it for half an hour; end it`);
  try {
    const ready = cached(wanted);
    if (ready !== undefined) return ready;
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft);
    await wanted.fill(draft);
    await wanted.check(join(draft, wanted.executable));
    rmSync(target, { recursive: true, force: true });
    renameSync(draft, target);
    return join(target, wanted.executable);
  } finally {
    rmSync(draft, { recursive: true, force: true });
    await lock.release();
  }
}
