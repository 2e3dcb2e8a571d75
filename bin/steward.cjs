#!/usr/bin/env node
/** The `steward` command: runs the TypeScript as it is, so it works right after `npm ci`. */
require('tsx/cjs');
require('../cli/main.ts');
