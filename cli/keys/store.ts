import type { Database } from '../../db/connect';
import type { Keyring } from '../../db/keyring';
import { masterKeys, type Environment } from '../../workers/keys';
import { withDatabase } from '../store';

/** Works on what is stored, with the master keys. Rejects as `withDatabase` and `masterKeys` do. */
export async function withStore<T>(
  env: Environment,
  work: (db: Database, keys: Keyring) => Promise<T>,
): Promise<T> {
  const keys = masterKeys(env);
  return withDatabase(env, (db) => work(db, keys));
}
