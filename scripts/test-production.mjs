/** `npm run test:production`: the parts of the production shape are stopped and killed under load. Arguments go to Jest. */
import { runNode } from './child.mjs';
import { ensureInstalled } from './install.mjs';

await ensureInstalled();
process.exitCode =
  (await runNode(['--import', 'tsx', 'scripts/fetch-servers.ts', 'temporal'])) ||
  (await runNode([
    'node_modules/jest/bin/jest.js',
    '--testMatch=**/production/**/*.production.ts',
    '--runInBand',
    ...process.argv.slice(2),
  ]));
