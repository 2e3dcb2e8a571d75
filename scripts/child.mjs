/** Runs a Node program in the foreground as if it were this one. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { ROOT } from './install.mjs';

/**
 * Runs `node ...args` in the checkout with this process's terminal, and never ends before it. SIGTERM
 * and SIGHUP are passed on, SIGINT too unless it came from a terminal, which sends it to both.
 *
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env added to the environment
 * @returns {Promise<number>} its exit code, 128 + n after signal n
 */
export async function runNode(args, env = {}) {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  const pass = (signal) => (signal === 'SIGINT' && process.stdin.isTTY) || child.kill(signal);
  const signals = ['SIGINT', 'SIGHUP', 'SIGTERM'];
  for (const signal of signals) process.on(signal, pass);
  const [code, signal] = await new Promise((resolve, reject) => {
    child.on('error', reject).on('exit', (...end) => resolve(end));
  });
  for (const signal of signals) process.off(signal, pass);
  return code ?? 128 + constants.signals[signal];
}
