import { readdir, readFile } from 'node:fs/promises';
import { eventually } from './eventually';

/** A process as `/proc` has it. */
export interface RunningProcess {
  pid: number;
  /** Its program and arguments. */
  command: string;
}

/**
 * All processes that were started with a state folder, with their children and theirs: `STEWARD_STATE` is
 * handed down, also to servers in process groups of their own. Linux only.
 */
export async function processesOf(stateFolder: string): Promise<RunningProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const all = await Promise.all(
    pids.map(async (pid) => {
      // It may end at any moment, or belong to somebody else.
      const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
      const [environment, command] = await Promise.all([read('environ'), read('cmdline')]);
      const ours = environment.split('\0').includes(`STEWARD_STATE=${stateFolder}`);
      return ours ? [{ pid: Number(pid), command: command.split('\0').join(' ').trim() }] : [];
    }),
  );
  return all.flat();
}

/** Resolves when no process of a state folder is left; rejects with those that stayed for longer than `ms`. */
export async function untilNoneLeft(stateFolder: string, ms: number): Promise<void> {
  await eventually(
    () => processesOf(stateFolder),
    (left) => left.length === 0,
    ms,
  );
}
