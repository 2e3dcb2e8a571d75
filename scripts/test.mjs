/** `npm test`: everything that the tests need, then the tests. Arguments go to Jest. */
import { runNode } from './child.mjs';
import { ensureInstalled } from './install.mjs';

await ensureInstalled();
process.exitCode =
  (await runNode(['--import', 'tsx', 'scripts/fetch-servers.ts'])) ||
  (await runNode(['node_modules/jest/bin/jest.js', ...process.argv.slice(2)]));
