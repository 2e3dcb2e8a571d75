/** `npm run test:production`: each part of the production shape is killed under load. Arguments go to Jest. */
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
