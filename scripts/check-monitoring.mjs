/** `npm run check:monitoring`: what `check-monitoring.ts` says. */
import { runNode } from './child.mjs';
import { ensureInstalled } from './install.mjs';

await ensureInstalled();
process.exitCode = await runNode(['--import', 'tsx', 'scripts/check-monitoring.ts']);
