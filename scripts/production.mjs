/** `npm run production`: the production shape on one machine, see `production/main.ts`. Arguments: `--help`. */
import { runNode } from './child.mjs';
import { ensureInstalled } from './install.mjs';

await ensureInstalled();
process.exitCode = await runNode(['--import', 'tsx', 'scripts/production/main.ts', ...process.argv.slice(2)]);
