import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { isRunning, processStart } from './process-life';

/** Who holds a lock. `start` tells a process from a later one with the same pid; null where it is unknown. */
interface Holder {
  pid: number;
  start: string | null;
  /** Names this one taking of the lock. */
  token: string;
}

/** A lock that this process holds. */
export interface FileLock {
  /** The lock file. */
  readonly file: string;
  /** Leaves the lock for good to another process, which removes the file at its end. */
  handTo: (pid: number) => Promise<void>;
  /** Frees the lock, unless it was handed on. */
  release: () => Promise<void>;
}

/**
 * Takes a lock between processes, which is a file with its holder's name. The lock of a process that no
 * longer runs is taken over.
 *
 * @returns the lock, or the pid of the process that holds it
 */
export async function tryLock(file: string): Promise<FileLock | number> {
  const me = await holderFor(process.pid);
  const draft = await draftOf(file, me);
  try {
    while (!(await linked(draft, file))) {
      const holder = await readHolder(file);
      if (!holder) continue;
      if (await isRunning(holder.pid, holder.start)) return holder.pid;
      const right = await takeOver(file, holder, draft);
      if (typeof right === 'number') return right;
      if (right) break;
    }
  } finally {
    await rm(draft, { force: true });
  }
  return {
    file,
    // With another token: `release` then leaves it alone.
    handTo: async (pid) => rename(await draftOf(file, await holderFor(pid)), file),
    release: async () => {
      if ((await readHolder(file))?.token === me.token) await rm(file, { force: true });
    },
  };
}

/** The pid of the running process that holds a lock; null when there is none. */
export async function lockHolder(file: string): Promise<number | null> {
  const holder = await readHolder(file);
  return holder && (await isRunning(holder.pid, holder.start)) ? holder.pid : null;
}

/**
 * Replaces a dead process's lock. Only who holds the lock that is named after this one taking may do it,
 * so of many that saw the dead process one succeeds, and none can replace the lock of its successor.
 *
 * @returns whether it was replaced, or the pid of the process that is about to
 */
async function takeOver(file: string, dead: Holder, draft: string): Promise<boolean | number> {
  const right = await tryLock(`${file}.${dead.token}.takeover`);
  if (typeof right === 'number') return right;
  try {
    if ((await readHolder(file))?.token !== dead.token) return false;
    await rename(draft, file);
    return true;
  } finally {
    await right.release();
  }
}

async function holderFor(pid: number): Promise<Holder> {
  return { pid, start: await processStart(pid), token: randomUUID() };
}

/** Written beside and then linked or renamed: the lock appears at once with its content, or not at all. */
async function draftOf(file: string, holder: Holder): Promise<string> {
  const draft = `${file}.${holder.token}`;
  await writeFile(draft, JSON.stringify(holder), { mode: 0o600, flush: true });
  return draft;
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
