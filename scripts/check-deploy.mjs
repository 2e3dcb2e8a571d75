/** `npm run check:deploy`: what `check-deploy.ts` says. */
import { runNode } from './child.mjs';
import { ensureInstalled } from './install.mjs';

await ensureInstalled();
process.exitCode = await runNode(['--import', 'tsx', 'scripts/check-deploy.ts']);
