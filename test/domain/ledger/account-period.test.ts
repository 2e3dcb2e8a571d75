import {
  accountPeriodOf,
  cutOffOf,
  isAccountPeriod,
  lastPeriodOver,
} from '../../../domain/ledger/account-period';

/** Months of Shanghai, which begin at 16:00 UTC of the day before. */
test.each([
  ['202610', '2026-11-01T00:00:00+08:00', 31],
  ['202611', '2026-12-01T00:00:00+08:00', 30],
  ['202612', '2027-01-01T00:00:00+08:00', 31],
  ['202702', '2027-03-01T00:00:00+08:00', 28],
  ['202802', '2028-03-01T00:00:00+08:00', 29],
])('%s ends at %s', (period, end, days) => {
  const cutOff = cutOffOf(period);
  expect(cutOff).toBe(Date.parse(end));
  expect(accountPeriodOf(cutOff - 1)).toBe(period);
  expect(accountPeriodOf(cutOff)).not.toBe(period);
  expect(accountPeriodOf(cutOff - days * 86_400_000)).toBe(period);
  expect(accountPeriodOf(cutOff - days * 86_400_000 - 1)).not.toBe(period);
  expect(lastPeriodOver(cutOff)).toBe(period);
  expect(lastPeriodOver(cutOff + 27 * 86_400_000)).toBe(period);
  expect(lastPeriodOver(cutOff - 1)).not.toBe(period);
});

test('each month follows the one before, over a leap day and years’ ends', () => {
  const months = Array.from(
    { length: 36 },
    (_, n) => `${2027 + Math.floor(n / 12)}${String((n % 12) + 1).padStart(2, '0')}`,
  );
  for (const [n, month] of months.slice(0, -1).entries())
    expect(accountPeriodOf(cutOffOf(month))).toBe(months[n + 1]);
});

test('a period is a month of this century', () => {
  const none = ['202600', '202613', '2026-10', '20261', '2026101', '199912', 'october', ''];
  expect(none.filter(isAccountPeriod)).toEqual([]);
  expect(['202601', '202612', '209910'].every(isAccountPeriod)).toBe(true);
});
