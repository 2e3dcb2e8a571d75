import fc from 'fast-check';
import { refundParts, saleParts } from '../../../domain/ledger/fee';

const rate = fc.integer({ min: 0, max: 10_000 });
const amount = fc.oneof(fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: 0, max: 100_000_000_000_000 }));

test.each([
  [9_900, 250, 248],
  [9_900, 0, 0],
  [9_900, 10_000, 9_900],
  [1, 4_999, 0],
  [1, 5_000, 1],
  [199, 50, 1],
  [99, 50, 0],
  [100_000_000_000_000, 3_333, 33_330_000_000_000],
])('of %i at %i basis points the fee is %i', (gross, feeRate, fee) => {
  expect(saleParts(gross, feeRate)).toEqual({ grossMinor: gross, feeMinor: fee, netMinor: gross - fee });
});

test('the fee is never more than half a unit off, and gross = fee + net', () => {
  fc.assert(
    fc.property(amount, rate, (gross, feeRate) => {
      const { feeMinor, netMinor } = saleParts(gross, feeRate);
      const off = BigInt(feeMinor) * 10_000n - BigInt(gross) * BigInt(feeRate);
      expect(off > -5_000n && off <= 5_000n).toBe(true);
      expect(feeMinor + netMinor).toBe(gross);
    }),
  );
});

test('a sale that has gone back in any parts leaves no fee and no net', () => {
  const parts = fc.array(amount, { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(parts, rate, (refunds, feeRate) => {
      const gross = refunds.reduce((sum, part) => sum + part, 0);
      const sum = { ...saleParts(gross, feeRate) };
      let before = 0;
      for (const part of refunds) {
        const refund = refundParts(before, part, feeRate);
        expect(refund.feeMinor + refund.netMinor).toBe(refund.grossMinor);
        expect(refund.feeMinor).toBeLessThanOrEqual(0);
        sum.grossMinor += refund.grossMinor;
        sum.feeMinor += refund.feeMinor;
        sum.netMinor += refund.netMinor;
        before += part;
      }
      expect(sum).toEqual({ grossMinor: 0, feeMinor: 0, netMinor: 0 });
    }),
  );
});
