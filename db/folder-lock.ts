import { StewardError } from '../domain/errors';
import { lockHolder, tryLock, type FileLock } from './file-lock';

/**
 * Locks a folder for this process by a file beside it, `<folder>.lock`. Two processes on one PGlite folder
 * lose rows silently (design §2).
 *
 * @throws `DATABASE_LOCKED` with the pid of a process that runs
 */
export async function lockFolder(folder: string): Promise<FileLock> {
  const lock = await tryLock(lockFileOf(folder));
  if (typeof lock === 'number') throw new StewardError('DATABASE_LOCKED', { pid: lock, folder });
  return lock;
}

/** The process that works on a folder now; null when none does. */
export async function folderHolder(folder: string): Promise<number | null> {
  return lockHolder(lockFileOf(folder));
}

function lockFileOf(folder: string): string {
  return `${folder.replace(/\/+$/, '')}.lock`;
}
