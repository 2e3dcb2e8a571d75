import { readFile } from 'node:fs/promises';

/**
 * When a process started: the machine's boot and the clock ticks since then, as Linux tells them in /proc.
 * Null for a process that has ended, and on other systems.
 */
export async function processStart(pid: number): Promise<string | null> {
  try {
    const [boot, stat] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      readFile(`/proc/${pid}/stat`, 'utf8'),
    ]);
    // The second field is the program's name in brackets and may hold anything; field 3 is the state.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ended = state === 'Z' || state === 'X';
    return ended ? null : `${boot.trim()}/${fields[18]}`;
  } catch {
    return null;
  }
}

/**
 * Whether the process that had this pid and start time still runs. Where start times are unknown the
 * answer rests on the pid alone, and errs towards yes.
 */
export async function isRunning(pid: number, start: string | null): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs under another user.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return start === null || (await processStart(pid)) === start;
}
