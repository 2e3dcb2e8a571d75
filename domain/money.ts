/**
 * An amount of money: integer minor units (分 for CNY, cents for USD) of one currency.
 * Amounts of different currencies are never added or compared.
 */
export interface Money {
  /** ISO 4217 code, for example `CNY`. */
  currency: string;
  /** Whole minor units, never negative in an order; `9900` is 99.00 CNY. */
  minor: number;
}

/** For people: `99.00 CNY`. All currencies that orders may have are of two decimals (`money` in domain/schemas). */
export function formatMoney(money: Money): string {
  return `${(money.minor / 100).toFixed(2)} ${money.currency}`;
}
