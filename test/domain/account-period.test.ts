import { cutOffOf, isAccountPeriod, lastPeriodOver } from '../../domain/ledger/account-period';
import { iso } from '../../domain/time';

it.each([
  ['2026-12-03T00:00:00+08:00', '202611'],
  ['2027-01-07T00:00:00+08:00', '202612'],
  ['2027-03-03T00:00:00+08:00', '202702'],
  ['2028-02-29T23:59:59+08:00', '202801'],
  ['2027-03-31T23:59:59+08:00', '202702'],
  // Still the month before in UTC.
  ['2026-12-01T00:00:00+08:00', '202611'],
  ['2027-01-01T00:00:00+08:00', '202612'],
])('at %s the last month that is over is %s', (moment, period) => {
  expect(lastPeriodOver(Date.parse(moment))).toBe(period);
});

it.each([
  ['202612', '2027-01-01T00:00:00.000+08:00'],
  ['202611', '2026-12-01T00:00:00.000+08:00'],
  ['202702', '2027-03-01T00:00:00.000+08:00'],
  ['202802', '2028-03-01T00:00:00.000+08:00'],
])('%s is over at %s, whatever its length', (period, end) => {
  expect(iso(cutOffOf(period))).toBe(end);
});

it.each(['202600', '202613', '2026-10', '20261', '2026101', '199912', 'october', ''])(
  '%j is none',
  (text) => {
    expect(isAccountPeriod(text)).toBe(false);
  },
);

it('is a month', () => {
  expect(['202601', '202612', '209910'].every(isAccountPeriod)).toBe(true);
});
