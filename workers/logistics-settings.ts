import type { LogisticsAccess } from '../activities/logistics/ports';
import { StewardError } from '../domain/errors';
import { productionUrlFault, PRODUCTION_URL_FAULTS } from '../domain/production-url';
import type { Environment } from './keys';
import { required } from './required';

/** Kuaidi100's real-time query. */
const KUAIDI100 = 'https://poll.kuaidi100.com/poll/query.do';

/** Whether `KUAIDI100_CUSTOMER` or `KUAIDI100_KEY` is set, which mean an account. */
export function namesAccount(env: Environment): boolean {
  return Boolean(env['KUAIDI100_CUSTOMER'] || env['KUAIDI100_KEY']);
}

/**
 * Reads and checks where parcels are tracked. `KUAIDI100_CUSTOMER` and `KUAIDI100_KEY` may both be missing: who sells
 * no goods needs none, and a parcel that is to be tracked without them says so.
 *
 * @throws `CONFIG_INVALID`
 */
export function logisticsSettings(env: Environment): LogisticsAccess {
  const url = env['KUAIDI100_URL'] || KUAIDI100;
  // It carries phones, so the rules of sellers' URLs hold here too.
  const fault = productionUrlFault(url);
  if (fault) {
    const reason = PRODUCTION_URL_FAULTS[fault];
    throw new StewardError('CONFIG_INVALID', { setting: 'KUAIDI100_URL', reason });
  }
  if (!namesAccount(env)) return { url };
  return {
    url,
    customer: required(env, 'KUAIDI100_CUSTOMER', 'KUAIDI100_KEY is of no use without it'),
    key: required(env, 'KUAIDI100_KEY', 'it signs what is asked for KUAIDI100_CUSTOMER'),
  };
}
