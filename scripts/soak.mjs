/**
 * `npm run soak`: the long races and random lives, which `npm test` leaves out. `STEWARD_SOAK_ORDERS` is how many
 * orders are raced, by default 1000, `STEWARD_SOAK_SEEDS` how many lives are played, by default 200. Arguments go
 * to Jest: `npm run soak -- random-play`.
 */
import { runNode } from './child.mjs';
import { ensureInstalled } from './install.mjs';

await ensureInstalled();
process.exitCode =
  (await runNode(['--import', 'tsx', 'scripts/fetch-servers.ts'])) ||
  (await runNode([
    'node_modules/jest/bin/jest.js',
    '--testMatch=**/soak/**/*.soak.ts',
    // One at a time; and without an option in between, Jest would take the arguments for more of `testMatch`.
    '--runInBand',
    ...process.argv.slice(2),
  ]));
