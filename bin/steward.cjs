#!/usr/bin/env node
/**
 * The `steward` command. In a checkout it runs the TypeScript as it is, so that it works right after `npm ci` and
 * never runs an old build. Where there is no TypeScript it runs what `npm run build` made, of which it is a part.
 */
const { existsSync } = require('node:fs');
const { join } = require('node:path');

if (existsSync(join(__dirname, '../cli/main.ts'))) {
  // Otherwise tsx takes the tsconfig.json of the folder where it is called, whose paths can name any code.
  process.env.TSX_TSCONFIG_PATH = require.resolve('../tsconfig.json');
  require('tsx/cjs');
  require('../cli/main.ts');
} else {
  // Beside it in the build itself; or the build was put below it, with the checkout's bin/ and package.json.
  const built = ['../cli/main.js', '../dist/cli/main.js'];
  require(built.find((file) => existsSync(join(__dirname, file))) ?? built[0]);
}
