import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(__dirname, '../..');

/**
 * Runs a CommonJS program that may `require` our TypeScript, relative to the checkout, in a process of its
 * own, and gives its stdout.
 *
 * @param env added to this process's environment
 */
export async function runProgram(program: string, env: Record<string, string> = {}): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', '--eval', program], {
    cwd: ROOT,
    env: { ...process.env, ...env },
  });
  return stdout;
}
