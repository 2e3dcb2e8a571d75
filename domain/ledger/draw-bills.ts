import type { Bill, RunKey } from './bill';
import type { BillVariant } from './transaction';
import type { Money } from '../money';

/** What bills are made for: one for each of these in a run. */
export interface BillKey {
  sellerId: string;
  variant: BillVariant;
  currency: string;
}

/** The id of a bill, `<sellerId>/<yyyymm>/<site>/<variant>/<currency>`. */
export function billId({ site, period }: RunKey, { sellerId, variant, currency }: BillKey): string {
  return [sellerId, period, site, variant, currency].join('/');
}

/** What was found to be billed: sums of transactions, or only what the bill before carried over. */
export type BillSums = BillKey &
  Pick<Bill, 'transactions' | 'grossMinor' | 'refundsMinor' | 'feeMinor' | 'netMinor' | 'carriedInMinor'>;

/** Adds up what belongs into the same bill; in the order of the bills' ids. */
export function mergeSums(run: RunKey, parts: readonly BillSums[]): BillSums[] {
  const sums = new Map<string, BillSums>();
  for (const part of parts) {
    const id = billId(run, part);
    const before = sums.get(id);
    sums.set(id, before ? added(before, part) : part);
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}

function added(a: BillSums, b: BillSums): BillSums {
  return {
    ...a,
    transactions: a.transactions + b.transactions,
    grossMinor: a.grossMinor + b.grossMinor,
    refundsMinor: a.refundsMinor + b.refundsMinor,
    feeMinor: a.feeMinor + b.feeMinor,
    netMinor: a.netMinor + b.netMinor,
    carriedInMinor: a.carriedInMinor + b.carriedInMinor,
  };
}

/**
 * Makes the bills of some sellers, by the rule of `Bill`. Bills of one seller and currency share its deposit, in the
 * order in which they are given.
 *
 * @param deposits what each seller has left of its deposits
 */
export function drawBills(
  run: RunKey,
  sums: readonly BillSums[],
  deposits: readonly (Money & { sellerId: string })[],
): Bill[] {
  const left = new Map(deposits.map((deposit) => [purse(deposit), deposit.minor]));
  return sums.map((sum) => {
    const total = sum.netMinor + sum.carriedInMinor;
    const missing = Math.max(0, 0 - total);
    const again = sum.carriedInMinor < 0;
    const available = left.get(purse(sum)) ?? 0;
    const depositUsedMinor = again ? Math.min(missing, available) : 0;
    left.set(purse(sum), available - depositUsedMinor);
    return {
      ...run,
      ...sum,
      id: billId(run, sum),
      depositUsedMinor,
      owedMinor: again ? missing - depositUsedMinor : 0,
      payableMinor: Math.max(0, total),
      carriedOutMinor: again ? 0 : 0 - missing,
    };
  });
}

/** Whether a bill needs the seller's deposit. */
export function needsDeposit({ netMinor, carriedInMinor }: BillSums): boolean {
  return carriedInMinor < 0 && netMinor + carriedInMinor < 0;
}

const purse = ({ sellerId, currency }: { sellerId: string; currency: string }) => `${sellerId} ${currency}`;
