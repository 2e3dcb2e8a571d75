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

/** All currencies that orders may have are of two decimals (`money` in domain/schemas). */
export const DECIMALS = 2;

/** In major units, `9900` as 99: as exact as a number can be written with `DECIMALS`, for spreadsheets. */
export function majorUnits({ minor }: Money): number {
  return minor / 10 ** DECIMALS;
}

/** For people: `99.00 CNY`. */
export function formatMoney(money: Money): string {
  return `${majorUnits(money).toFixed(DECIMALS)} ${money.currency}`;
}
