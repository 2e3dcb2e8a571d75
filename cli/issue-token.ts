import { StewardError } from '../domain/errors';
import type { Party } from '../domain/parties';
import { id } from '../domain/schemas/primitives';
import { issueToken as sign } from '../api/token';
import { authSettings } from '../workers/settings';
import type { Environment } from '../workers/keys';
import { withStateKeys } from './environment';

/** A bearer token for `ttl` seconds. Rejects with `INVALID_REQUEST`, `KEY_MISSING` or `CONFIG_INVALID`. */
export async function issueToken({ role, sub }: Party, ttl: number, env: Environment): Promise<string> {
  if (!id.safeParse(sub).success) {
    throw new StewardError('INVALID_REQUEST', { problems: `--party: "${sub}" is no id` });
  }
  const { issuer, audience, secret } = authSettings(await withStateKeys(env));
  if (secret === undefined) {
    throw new StewardError('KEY_MISSING', { setting: 'JWT_SECRET', reason: 'it signs the token' });
  }
  return sign({ secret, issuer, audience, role, sub, ttl });
}
