#!/usr/bin/env node
/** The `steward` command: runs the TypeScript as it is, so it works right after `npm ci`. */
// Otherwise tsx takes the tsconfig.json of the folder where it is called, whose paths can name any code.
process.env.TSX_TSCONFIG_PATH = require.resolve('../tsconfig.json');
require('tsx/cjs');
require('../cli/main.ts');
