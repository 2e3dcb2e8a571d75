import { reencrypt, type Reencrypted } from '../../db/reencrypt';
import type { Environment } from '../../workers/keys';
import { withStateKeys } from '../environment';
import { withStore } from './store';

/** Moves what is stored to the newest master key. Rejects as `withStore` does. */
export async function reencryptStored(
  env: Environment,
  progress: (column: string, moved: number) => void,
): Promise<Reencrypted> {
  return withStore(await withStateKeys(env), (db, keys) => reencrypt(db, keys, { progress }));
}
