/** Makes sure that the dependencies of package-lock.json are installed. Plain Node, for before they are. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OLDEST_NODE = [20, 19];

/** Ends this process with a message if Node is too old; runs `npm ci` if something is missing or outdated. */
export async function ensureInstalled() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    fail(
      `Steward needs Node.js ${OLDEST_NODE.join('.')} or newer, this is ${process.versions.node}. Install a newer one and start again.`,
    );
  }
  if (isInstalled()) return;
  const began = Date.now();
  const tell = (state) =>
    console.error(`Dependencies: npm ci${state} ${Math.round((Date.now() - began) / 1000)} s`);
  console.error('Dependencies: npm ci (about a minute, once)');
  const timer = setInterval(tell, 10_000, ' …');
  const code = await npm('ci', '--no-audit', '--no-fund', '--no-progress');
  clearInterval(timer);
  if (code !== 0)
    fail(`npm ci failed with code ${code}; its messages are above. Repair that and start again.`);
  tell(' done in');
}

/** Compares with npm's own record of what it installed, which is written last; other platforms' packages are optional. */
function isInstalled() {
  try {
    const wanted = packagesOf('package-lock.json');
    const present = packagesOf('node_modules/.package-lock.json');
    return Object.entries(wanted).every(
      ([path, { version, optional }]) => path === '' || optional || present[path]?.version === version,
    );
  } catch {
    return false;
  }
}

function packagesOf(file) {
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8')).packages;
}

async function npm(...args) {
  const { npm_execpath: script } = process.env;
  const [command, first] = script?.endsWith('npm-cli.js') ? [process.execPath, [script]] : ['npm', []];
  const child = spawn(command, [...first, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32' && command === 'npm',
  });
  return await new Promise((resolve) => child.on('error', () => resolve('ENOENT')).on('close', resolve));
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
