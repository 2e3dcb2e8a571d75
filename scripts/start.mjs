/** `npm start`: from a fresh checkout to a running Steward. Arguments go to `steward up`. */
import { runNode } from './child.mjs';
import { ensureInstalled } from './install.mjs';

await ensureInstalled();
process.exitCode = await runNode(['bin/steward.cjs', 'up', ...process.argv.slice(2)]);
