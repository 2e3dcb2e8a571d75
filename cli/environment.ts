import { readKeys } from '../workers/generate-keys';
import type { Environment } from '../workers/keys';
import { stateFolder } from '../workers/settings';

/**
 * The settings of the environment, and under them the keys that `steward up` made in its state folder; of
 * these not the secret of tokens where `JWT_JWKS_URL` is set, because it would prove nothing there.
 */
export async function withStateKeys(env: Environment): Promise<Environment> {
  const keys = await readKeys(stateFolder(env));
  return { ...keys, ...(env['JWT_JWKS_URL'] && { JWT_SECRET: undefined }), ...env };
}
