/**
 * `npm run test:postgres`: the database tests on PostgreSQL, on `DATABASE_URL` or on a throw-away
 * cluster from local binaries; tests that kill a server start one of their own from these. Arguments go to Jest.
 */
import { setImmediate } from 'node:timers/promises';
import { runNode } from './child.mjs';
import { ensureInstalled } from './install.mjs';

const JEST = [
  'node_modules/jest/bin/jest.js',
  '--testPathPatterns=test/(db/|api/|cli/(alone|doctor))|[.]postgres[.]ts$',
];

/** Whoever interrupts this must not be left with a cluster. */
let interrupted = false;
for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM']) process.on(signal, () => (interrupted = true));

async function main(args) {
  const { DATABASE_URL } = process.env;
  const server = DATABASE_URL ? { url: DATABASE_URL, async stop() {} } : await startThrowAway();
  try {
    await setImmediate();
    if (interrupted) return 1;
    return await runNode([...JEST, ...args], { STEWARD_TEST_DATABASE: 'postgres', DATABASE_URL: server.url });
  } finally {
    await server.stop();
  }
}

/** It ends with this process, however that ends. */
async function startThrowAway() {
  const tsx = await import('tsx/cjs/api');
  const { startPostgres } = tsx.require('../workers/servers/postgres.ts', import.meta.url);
  const server = await startPostgres();
  console.error('PostgreSQL: a throw-away cluster from local binaries; set DATABASE_URL to use another one');
  return server;
}

await ensureInstalled();
process.exitCode = await main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  return 1;
});
