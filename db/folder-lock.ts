import { StewardError } from '../domain/errors';
import { tryLock, type FileLock } from './file-lock';

/**
 * Locks a folder for this process by a file beside it, `<folder>.lock`. Two processes on one PGlite folder
 * lose rows silently (design §2).
 *
 * @throws `DATABASE_LOCKED` with the pid of a process that runs
 */
export async function lockFolder(folder: string): Promise<FileLock> {
  const lock = await tryLock(`${folder.replace(/\/+$/, '')}.lock`);
  if (typeof lock === 'number') throw new StewardError('DATABASE_LOCKED', { pid: lock, folder });
  return lock;
}
