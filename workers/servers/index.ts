/** Where the servers for local runs and tests come from, and how they are run. */
export { startDevServer, type DevServer, type DevServerOptions } from './dev-server';
export { findDevServerExecutable } from './find-dev-server';
export { findTemporalServer } from './find-temporal-server';
export { findTestServer } from './find-test-server';
export { freePort } from './ports';
export { startPostgres, type PostgresOptions, type PostgresServer } from './postgres';
export { startTemporalServer, type TemporalServer, type TemporalServerOptions } from './temporal-server';
