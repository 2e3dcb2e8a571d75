import { sql, type Column, type SQL } from 'drizzle-orm';
import type { KeptBack } from '../../domain/ledger/transaction';
import type { RunKey } from '../../domain/ledger/bill';
import { isCertified } from '../certification/certifications';
import { bills, transactions } from './schema';

/** What decides whether a pending transaction is billed: of `transactions` or of `listedTransactions`. */
export interface DueColumns {
  sellerId: Column;
  site: Column;
  completedAt: Column;
  credit: Column;
  repaidAt: Column;
  unsubscribing: Column;
  fiveDaysUntil: Column;
}

/**
 * Why a pending transaction is kept back by a run, null when it is due (domain.md 5.1). The one place of this rule, for
 * runs, their preview and lists. Whether its seller is certified counts when it is asked.
 *
 * @param cutOff the end of the run's period (epoch milliseconds); in lists the moment that they are read
 */
export function keptBack(of: DueColumns, cutOff: number): SQL<KeptBack | null> {
  const end = sql.param(cutOff, transactions.completedAt);
  return sql`case
    when ${of.completedAt} is null then 'SUPERVISION_NOT_FINISHED'
    when ${of.credit} and (${of.repaidAt} is null or ${of.repaidAt} >= ${end}) then 'NOT_REPAID'
    when ${of.unsubscribing} or ${of.fiveDaysUntil} > ${end} then 'FIVE_DAYS_OPEN'
    when not ${isCertified(of)} then 'SELLER_NOT_CERTIFIED'
    when ${of.completedAt} >= ${end} then 'BILLING_DATE_NOT_REACHED'
  end`;
}

/** Whether a transaction is billed by the run of a site with this cut-off. */
export function isDue(site: string, cutOff: number): SQL {
  const { billingState, site: its } = transactions;
  return sql`${its} = ${site} and ${billingState} = 'PENDING' and ${keptBack(transactions, cutOff)} is null`;
}

/** Whether what a bill has carried over is taken by a run: the next one of the site in which its seller gets a bill. */
export function isCarried({ site, period }: RunKey): SQL {
  const { site: its, period: earlier, carriedOutMinor, carriedTo } = bills;
  return sql`${its} = ${site} and ${earlier} < ${period} and ${carriedOutMinor} < 0 and ${carriedTo} is null
    and ${isCertified(bills)}`;
}
