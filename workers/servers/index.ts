/** Where the Temporal servers for local runs and tests come from, and how the dev server is run. */
export { startDevServer, type DevServer, type DevServerOptions } from './dev-server';
export { findDevServerExecutable } from './find-dev-server';
export { findTestServer } from './find-test-server';
export { freePort } from './ports';
