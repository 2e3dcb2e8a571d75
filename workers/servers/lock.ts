import { readFileSync, rmSync, statSync, utimes, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const BEAT_MS = 1000;
const STALE_MS = 10_000;

/** A lock file that this process holds. */
export interface Lock {
  readonly file: string;
  /** Leaves the file for good to another process, which keeps it fresh and removes it. */
  handTo(pid: number): void;
  /** Removes the file, unless it was handed on. */
  release(): void;
}

/**
 * The process that holds a lock file, `undefined` if nobody does. A holder is alive and touches its
 * file each second: a crash, a reboot and a pid that was given out again all free the lock.
 */
export function lockHolder(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Date.now() - statSync(file).mtimeMs < STALE_MS && isAlive(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes a lock between processes, waiting up to `waitMs` for its holder.
 *
 * @returns the lock, or the pid of the holder if it kept the lock for all that time.
 */
export async function takeLock(file: string, waitMs: number): Promise<Lock | number> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    const holder = lockHolder(file);
    if (holder === undefined && create(file)) return held(file);
    if (holder !== undefined && Date.now() >= deadline) return holder;
    await sleep(100);
  }
}

/** False if another process was faster. */
function create(file: string): boolean {
  rmSync(file, { force: true });
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function held(file: string): Lock {
  const beat = setInterval(() => utimes(file, new Date(), new Date(), () => {}), BEAT_MS).unref();
  let ours = true;
  return {
    file,
    handTo(pid) {
      clearInterval(beat);
      ours = false;
      writeFileSync(file, String(pid));
    },
    release() {
      clearInterval(beat);
      if (ours) rmSync(file, { force: true });
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
