import { Client } from 'pg';

/**
 * Makes Steward's database on a server where Temporal's are too.
 *
 * @param serverUrl names a role that may make databases
 * @returns the `DATABASE_URL`
 */
export async function makeDatabase(serverUrl: string): Promise<string> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query(`select 1 from pg_database where datname = 'steward'`);
    if (rowCount === 0) await client.query('create database steward');
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl);
  url.pathname = '/steward';
  return url.href;
}
