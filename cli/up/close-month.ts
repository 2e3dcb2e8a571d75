import type { Client } from '@temporalio/client';
import { accountPeriodOf } from '../../domain/ledger/account-period';
import { SITES } from '../../domain/ledger/billing-day';
import { settleMonth, type Settled } from '../settle';

/**
 * Has the present month billed on all sites as if it were over now, as its days are seconds. Once: asked for again it
 * gives what was billed then, and what is completed later in the month is billed with the next one.
 *
 * @returns undefined when `stop` came first
 */
export async function closeMonth(client: Client, stop: AbortSignal): Promise<Settled[] | undefined> {
  const asOf = Date.now();
  const period = accountPeriodOf(asOf);
  const options = { tell: () => undefined, stop };
  const all = await Promise.all(SITES.map((site) => settleMonth(client, { site, period, asOf }, options)));
  return all.every((one) => one !== undefined) ? all : undefined;
}
