import { sql, type Column, type SQL } from 'drizzle-orm';
import type { AccountPeriod } from '../../domain/ledger/account-period';

/** `billId` of `domain/ledger`, of a row: the bill that it goes into when this period is run. */
export function billIdOf(
  { sellerId, site, variant, currency }: Record<'sellerId' | 'site' | 'variant' | 'currency', Column>,
  period: AccountPeriod,
): SQL {
  return sql`concat_ws('/', ${sellerId}, ${period}::text, ${site}, ${variant}, ${currency})`;
}
