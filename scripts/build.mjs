/**
 * `npm run build`: writes `dist/`, or the folder that is named, which must hold nothing else. It is all that a machine
 * needs to run Steward besides Node.js, and a package of its own: `npm ci --omit=dev` in it brings the libraries,
 * `npm pack ./dist` makes one file of it.
 */
import { cpSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join, resolve } from 'node:path';
import { runNode } from './child.mjs';
import { ensureInstalled, ROOT } from './install.mjs';

const require = createRequire(import.meta.url);

/** Rooms with files that are read at their place: migrations, mail templates, scripts of processes. */
const ROOMS = ['activities', 'db', 'sim', 'workers'];
/** What only a build has (`workers/workflow-code.ts`). */
const BUNDLE = 'workflow-bundle.js';
const AS_THEY_ARE = ['bin', 'samples', 'LICENSE', 'package-lock.json'];

async function main(dist) {
  if (!isOurs(dist)) {
    console.error(
      `${dist} holds something else than an earlier build: name another folder, or empty it first.`,
    );
    return 1;
  }
  rmSync(dist, { recursive: true, force: true });
  const compiler = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', dist];
  const code = await runNode(compiler);
  if (code !== 0) return code;
  for (const name of [...ROOMS, ...AS_THEY_ARE]) {
    const notCompiled = (file) => extname(file) !== '.ts';
    cpSync(join(ROOT, name), join(dist, name), { recursive: true, filter: notCompiled });
  }
  writeFileSync(join(dist, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
  writeFileSync(join(dist, BUNDLE), await bundle());
  console.error(`Built ${dist}`);
  return 0;
}

/** Whether the folder may be replaced: it is not there, empty, or an earlier build. */
function isOurs(folder) {
  return !existsSync(folder) || readdirSync(folder).length === 0 || existsSync(join(folder, BUNDLE));
}

/** Our own, with the compiled client in place of its source, and without what only a checkout can do. */
function manifest() {
  const client = { types: './client/index.d.ts', default: './client/index.js' };
  const exports = { '.': client, './client': client, './package.json': './package.json' };
  return { ...require('../package.json'), exports, scripts: undefined };
}

/** The workflows with all that a worker needs of them. */
async function bundle() {
  require('tsx/cjs');
  const { DefaultLogger } = require('@temporalio/worker');
  const { bundleWorkflows } = require('../workers/workflow-code.ts');
  return (await bundleWorkflows(new DefaultLogger('WARN'))).code;
}

await ensureInstalled();
process.exitCode = await main(resolve(process.argv[2] ?? join(ROOT, 'dist')));
