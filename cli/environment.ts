import { readKeys } from '../workers/generate-keys';
import type { Environment } from '../workers/keys';
import { stateFolder } from '../workers/settings';

/** The settings of the environment, and under them the keys that `steward up` made in its state folder. */
export async function withStateKeys(env: Environment): Promise<Environment> {
  return { ...(await readKeys(stateFolder(env))), ...env };
}
