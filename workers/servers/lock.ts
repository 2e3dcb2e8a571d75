import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock, type FileLock } from '../../db/file-lock';

const LOOK_EVERY_MS = 100;

/**
 * Locks a file or folder between processes by `<path>.lock`, waiting up to `waitMs` for its holder. The
 * lock of a process that no longer runs is taken over.
 *
 * @returns the lock, or the pid of the holder if it kept the lock for all that time.
 */
export async function takeLock(path: string, waitMs: number): Promise<FileLock | number> {
  for (const deadline = Date.now() + waitMs; ; await sleep(LOOK_EVERY_MS)) {
    const lock = await tryLock(`${path}.lock`);
    if (typeof lock !== 'number' || Date.now() >= deadline) return lock;
  }
}
