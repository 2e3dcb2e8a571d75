import { readFile } from 'node:fs/promises';

/** The most memory that a process has had so far, in MB, as `/proc` has it; null on other systems than Linux. */
export async function peakRssOf(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const [, kb] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
  return kb === undefined ? null : Number(kb) / 1_024;
}

/** The same of the largest child of a process: of PostgreSQL, with what it has seen of the memory that all share. */
export async function peakRssOfChildren(pid: number): Promise<number | null> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const all = await Promise.all(children.split(' ').filter(Boolean).map(Number).map(peakRssOf));
  const known = all.filter((mb) => mb !== null);
  return known.length > 0 ? Math.max(...known) : null;
}
