import { StewardError } from '../domain/errors';
import type { Environment } from './keys';

/**
 * The value of a setting that has to be there.
 *
 * @param reason what it is for
 * @throws `CONFIG_INVALID` with the setting's name
 */
export function required(env: Environment, setting: string, reason: string): string {
  const value = env[setting];
  if (!value) throw new StewardError('CONFIG_INVALID', { setting, reason: `missing; ${reason}` });
  return value;
}
