import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { run } from '../../cli/run';

/** How a command ended. */
export interface Ended {
  stdout: string;
  stderr: string;
  exitCode: number;
}

export interface Surroundings {
  /** The whole environment; default: empty. */
  env?: Record<string, string>;
  stdin?: string;
}

export interface ProcessSurroundings extends Surroundings {
  /** Working folder; default: this process's. */
  cwd?: string;
}

/** Runs a `steward` command in this process. */
export async function steward(
  args: readonly string[],
  { env = {}, stdin = '' }: Surroundings = {},
): Promise<Ended> {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    env,
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: { write: (text: string) => out.push(text) },
    stderr: { write: (text: string) => err.push(text) },
    exitCode: 0,
  };
  await run(args, io);
  return { stdout: out.join(''), stderr: err.join(''), exitCode: io.exitCode };
}

/** The program as people start it. */
export const BIN = join(__dirname, '../../bin/steward.cjs');

/** Runs a `steward` command as people do, in a process of its own. */
export function stewardProcess(
  args: readonly string[],
  { env = {}, stdin = '', cwd }: ProcessSurroundings = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const { PATH = '' } = process.env;
    const child = execFile(
      process.execPath,
      [BIN, ...args],
      { env: { PATH, ...env }, cwd },
      (error, stdout, stderr) =>
        resolve({ stdout, stderr, exitCode: error === null ? 0 : Number(error.code) }),
    );
    child.stdin?.end(stdin);
  });
}
