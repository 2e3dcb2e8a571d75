import { readdir, readFile } from 'node:fs/promises';

/** Linux counts in hundredths of a second, on all machines that Node runs on. */
const TICKS = 100;

/**
 * CPU seconds that processes and their children have used so far, as `/proc` has it; null on other systems than Linux.
 */
export async function cpuSecondsOf(pids: readonly number[]): Promise<number | null> {
  const names = await readdir('/proc').catch(() => null);
  if (names === null) return null;
  const all = await Promise.all(names.filter((name) => /^\d+$/.test(name)).map(readTimes));
  const ours = all.flatMap((one) =>
    one && (pids.includes(one.pid) || pids.includes(one.parent)) ? [one] : [],
  );
  return ours.reduce((sum, { ticks }) => sum + ticks, 0) / TICKS;
}

async function readTimes(pid: string) {
  // It may end at any moment.
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (stat === null) return null;
  // The name in parentheses may hold anything. After it come state, parent and, from the 12th, its own times and those
  // of its children that have ended.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return { pid: Number(pid), parent: Number(fields[1]), ticks };
}
