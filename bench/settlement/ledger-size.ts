/** A ledger that the benchmark fills: so many transactions of one month, spread evenly over the sellers. */
export interface LedgerSize {
  sellers: number;
  transactions: number;
}

/** `200x10000`, as it is asked for and as its namespace and database are named. */
export function nameOfSize({ sellers, transactions }: LedgerSize): string {
  return `${sellers}x${transactions}`;
}

/** The size of such a name; undefined when it is none. */
export function sizeOf(name: string): LedgerSize | undefined {
  const [, sellers, transactions] = /^([1-9]\d{0,5})x([1-9]\d{0,6})$/.exec(name) ?? [];
  return sellers && transactions
    ? { sellers: Number(sellers), transactions: Number(transactions) }
    : undefined;
}

/** The target of the ledger's issue, how cost grows up to it, and as many sellers as a large marketplace has. */
export const USUAL_SIZES: readonly LedgerSize[] = [
  { sellers: 200, transactions: 10_000 },
  { sellers: 200, transactions: 100_000 },
  { sellers: 10_000, transactions: 100_000 },
];
