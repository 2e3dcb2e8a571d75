import { run } from './run';

const STEP_MS = 120_000;

/** The databases of a cluster, and the folder of the tables of each that is built into the tool. */
export const DATABASES = { temporal: 'temporal', temporal_visibility: 'visibility' } as const;

/** The plugin of the server and of its tool for PostgreSQL 12 and newer. */
export const PLUGIN = 'postgres12';

/**
 * Makes the databases and tables of a Temporal cluster, or brings those of an older server up to date.
 *
 * @param postgresUrl names a role that may make databases
 * @throws Error with the tool's last words
 */
export async function prepareDatabases(sqlTool: string, postgresUrl: string): Promise<void> {
  for (const [database, tables] of Object.entries(DATABASES)) {
    const env = { ...connectionOf(postgresUrl), SQL_DATABASE: database };
    const tool = (...args: string[]) => run(sqlTool, args, { env, signal: AbortSignal.timeout(STEP_MS) });
    await tool('create-database');
    await tool('setup-schema', '--version', '0.0');
    await tool('update-schema', '--schema-name', `postgresql/v12/${tables}`);
  }
}

/** By environment, so that no list of processes shows the password. */
function connectionOf(postgresUrl: string): Record<string, string> {
  const { hostname, port, username, password } = new URL(postgresUrl);
  return {
    SQL_PLUGIN: PLUGIN,
    SQL_HOST: hostname,
    SQL_PORT: port || '5432',
    SQL_USER: decodeURIComponent(username),
    SQL_PASSWORD: decodeURIComponent(password),
  };
}
