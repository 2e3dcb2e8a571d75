import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { StewardError } from '../domain/errors';
import { isRunning, processStart } from './process-life';

/** Who holds a lock. `start` tells a process from a later one with the same pid; null where it is unknown. */
interface Holder {
  pid: number;
  start: string | null;
  /** Names this one taking of the lock. */
  token: string;
}

/** A held lock; `release` gives it free. */
export interface FolderLock {
  release: () => Promise<void>;
}

/**
 * Locks a folder for this process by a file beside it, `<folder>.lock`. Two processes on one PGlite folder
 * lose rows silently (design §2). The lock of a process that no longer runs is taken over.
 *
 * @throws `DATABASE_LOCKED` with the pid of a process that runs
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  return takeLock(`${folder.replace(/\/+$/, '')}.lock`, folder);
}

async function takeLock(file: string, folder: string): Promise<FolderLock> {
  const me: Holder = { pid: process.pid, start: await processStart(process.pid), token: randomUUID() };
  // Written beside and then linked: the lock appears at once with its content, or not at all.
  const draft = `${file}.${me.token}`;
  await writeFile(draft, JSON.stringify(me), { mode: 0o600, flush: true });
  try {
    while (!(await linked(draft, file))) {
      const holder = await readHolder(file);
      if (!holder) continue;
      if (await isRunning(holder.pid, holder.start)) {
        throw new StewardError('DATABASE_LOCKED', { pid: holder.pid, folder });
      }
      if (await takeOver(file, holder, draft, folder)) break;
    }
  } finally {
    await rm(draft, { force: true });
  }
  const release = async (): Promise<void> => {
    if ((await readHolder(file))?.token === me.token) await rm(file, { force: true });
  };
  return { release };
}

/**
 * Replaces a dead process's lock. Only who holds the lock that is named after this one taking may do it,
 * so of many that saw the dead process one succeeds, and none can replace the lock of its successor.
 */
async function takeOver(file: string, dead: Holder, draft: string, folder: string): Promise<boolean> {
  const right = await takeLock(`${file}.${dead.token}.takeover`, folder);
  try {
    if ((await readHolder(file))?.token !== dead.token) return false;
    await rename(draft, file);
    return true;
  } finally {
    await right.release();
  }
}

async function linked(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined when nobody holds the lock (any more). */
async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
