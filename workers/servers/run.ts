import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** How to run a program. */
export interface RunOptions {
  /** Working folder. Default: this process's. */
  cwd?: string;
  /** Added to the environment. */
  env?: NodeJS.ProcessEnv;
  /** Ended with SIGKILL when this aborts; the reason becomes the error. */
  signal: AbortSignal;
}

/**
 * Runs a program to its end and gives its output (stdout and stderr).
 *
 * @throws Error with the last lines of the output if it does not end with code 0.
 */
export async function run(command: string, args: readonly string[], options: RunOptions): Promise<string> {
  const { cwd, env, signal } = options;
  return await new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const take = (chunk: Buffer) => (output += chunk.toString());
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const abort = () => child.kill('SIGKILL');
    signal.addEventListener('abort', abort, { once: true });
    child.on('error', reject);
    child.on('close', (code) => {
      signal.removeEventListener('abort', abort);
      if (signal.aborted) reject(signal.reason as Error);
      else if (code === 0) resolve(output);
      else reject(new Error(lastLines(output) || `${command} ended with code ${code}`));
    });
  });
}

/** The end of a text, enough to see what went wrong. */
export function lastLines(text: string, lines = 8): string {
  return text.trim().split('\n').slice(-lines).join('\n').slice(-2000);
}

/** The full path of a program on the PATH. */
export function onPath(program: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const extensions = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  return folders.flatMap((folder) => extensions.map((end) => join(folder, program + end))).find(isExecutable);
}

/** Whether this is a file that may be executed. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
