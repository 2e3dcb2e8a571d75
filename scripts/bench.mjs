/** `npm run bench`: what orders cost, beside a bare workflow. Arguments: `npm run bench -- --help`. */
import { runNode } from './child.mjs';
import { ensureInstalled } from './install.mjs';

await ensureInstalled();
process.exitCode = await runNode(['--import', 'tsx', 'bench/main.ts', ...process.argv.slice(2)]);
