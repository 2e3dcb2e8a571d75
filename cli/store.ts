import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, type Database, type DatabaseOptions } from '../db/connect';
import { migrationState } from '../db/migration-state';
import { StewardError } from '../domain/errors';
import type { Environment } from '../workers/keys';
import { stateFolder } from '../workers/settings';

/**
 * Works on what is stored: in `DATABASE_URL`, or in what `steward up` left, while that does not run
 * (`DATABASE_LOCKED`). Rejects with `CONFIG_INVALID` when there is neither, or it has other tables than this version.
 *
 * @param limits for work that takes longer than an answer of the API may
 */
export async function withDatabase<T>(
  env: Environment,
  work: (db: Database) => Promise<T>,
  limits: Pick<DatabaseOptions, 'statementLimit'> = {},
): Promise<T> {
  const { DATABASE_URL: url } = env;
  const folder = join(stateFolder(env), 'pglite');
  if (!url && !existsSync(folder)) throw invalid('missing, and "steward up" has not been here either');
  const opened = await openDatabase({ url, folder, ...limits });
  try {
    if ((await migrationState(opened.db)).missing > 0) {
      throw invalid('names a database without the tables of this version; start a worker or the API first');
    }
    return await work(opened.db);
  } finally {
    await opened.close();
  }
}

function invalid(reason: string): StewardError {
  return new StewardError('CONFIG_INVALID', { setting: 'DATABASE_URL', reason });
}
