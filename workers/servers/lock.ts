import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { lockFolder } from '../../db/folder-lock';
import { processStart } from '../../db/process-life';
import { StewardError } from '../../domain/errors';

const LOOK_EVERY_MS = 100;

/** A lock that this process holds. */
export interface Lock {
  /** The lock file. */
  readonly file: string;
  /** Leaves the lock for good to another process, which removes the file at its end. */
  handTo(pid: number): Promise<void>;
  /** Frees the lock, unless it was handed on. */
  release(): Promise<void>;
}

/**
 * Locks a file or folder between processes by `<path>.lock` (see `lockFolder`), waiting up to `waitMs` for
 * its holder. The lock of a process that no longer runs is taken over.
 *
 * @returns the lock, or the pid of the holder if it kept the lock for all that time.
 */
export async function takeLock(path: string, waitMs: number): Promise<Lock | number> {
  const file = `${path}.lock`;
  for (const deadline = Date.now() + waitMs; ; await sleep(LOOK_EVERY_MS)) {
    try {
      const { release } = await lockFolder(path);
      return { file, release, handTo: (pid) => handTo(file, pid) };
    } catch (error) {
      if (!(error instanceof StewardError && error.code === 'DATABASE_LOCKED')) throw error;
      const holder = Date.now() < deadline ? undefined : await holderOf(file);
      if (holder !== undefined) return holder;
    }
  }
}

/** Writes what `lockFolder` would, with another token: the taker's `release` then leaves it alone. */
async function handTo(file: string, pid: number): Promise<void> {
  const token = randomUUID();
  const draft = `${file}.${token}`;
  await writeFile(draft, JSON.stringify({ pid, start: await processStart(pid), token }), { mode: 0o600 });
  await rename(draft, file);
}

async function holderOf(file: string): Promise<number | undefined> {
  try {
    return (JSON.parse(await readFile(file, 'utf8')) as { pid: number }).pid;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
