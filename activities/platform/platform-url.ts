import { StewardError } from '../../domain/errors';
import { isLoopback } from '../loopback';

/**
 * Checks `PLATFORM_URL`: refunds go over https only; http is for a simulated platform on loopback.
 *
 * @returns the base URL without a slash at its end
 * @throws `CONFIG_INVALID`
 */
export function platformUrl(setting: string): string {
  if (!URL.canParse(setting)) throw invalid('is not a URL');
  const url = new URL(setting);
  if (url.username || url.password || url.search || url.hash)
    throw invalid('has more than a host and a path');
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  if (!safe) throw invalid('must be https, or http on loopback');
  return url.href.replace(/\/+$/, '');
}

function invalid(reason: string): StewardError {
  return new StewardError('CONFIG_INVALID', { setting: 'PLATFORM_URL', reason });
}
