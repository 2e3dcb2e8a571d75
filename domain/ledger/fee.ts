/** The parts of an amount, in minor units: gross = fee + net. */
export interface Parts {
  grossMinor: number;
  feeMinor: number;
  netMinor: number;
}

const BASIS_POINTS = 10_000n;

/**
 * What of a sale is the platform's and what the seller's. The fee is rounded to a whole minor unit, half a unit up:
 * 250 basis points of 9,900 are 248.
 *
 * @param grossMinor never negative
 * @param feeRate basis points
 */
export function saleParts(grossMinor: number, feeRate: number): Parts {
  // Exact: an amount times its rate may be more than a double holds.
  const feeMinor = Number((BigInt(grossMinor) * BigInt(feeRate) + BASIS_POINTS / 2n) / BASIS_POINTS);
  return { grossMinor, feeMinor, netMinor: grossMinor - feeMinor };
}

/**
 * What of a refund comes from the platform and what from the seller, negative. Rounded is what was refunded of the sale
 * so far, and not each refund by itself: when all of it has gone back, in however many parts, their fees and nets are
 * exactly those of the sale.
 *
 * @param before what was refunded of the sale already, not negative
 * @param amount what is refunded now, not negative
 */
export function refundParts(before: number, amount: number, feeRate: number): Parts {
  const feeMinor = saleParts(before, feeRate).feeMinor - saleParts(before + amount, feeRate).feeMinor;
  return { grossMinor: 0 - amount, feeMinor, netMinor: 0 - amount - feeMinor };
}
