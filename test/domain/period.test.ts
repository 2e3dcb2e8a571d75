import { endOfPeriod } from '../../domain/period';
import type { Charging } from '../../domain/schemas/order';
import { iso } from '../../domain/time';

/** When what was bought for a period ends, in the business zone (domain.md 2.0). */
const end = (from: string, n: number, unit: 'MONTH' | 'YEAR' = 'MONTH'): string | null => {
  const charging: Charging = { mode: 'PERIOD', period: { unit, n } };
  const ms = endOfPeriod(Date.parse(from), charging);
  return ms === null ? null : iso(ms);
};

it.each([
  ['a day in the middle', '2026-11-23T18:00:00.123+08:00', 1, '2026-12-23T18:00:00.123+08:00'],
  ['over the end of the year', '2026-11-23T18:00:00+08:00', 2, '2027-01-23T18:00:00.000+08:00'],
  ['the 31st in a month of 30 days', '2026-10-31T09:00:00+08:00', 1, '2026-11-30T09:00:00.000+08:00'],
  ['the 31st in a month of 31 days', '2026-10-31T09:00:00+08:00', 2, '2026-12-31T09:00:00.000+08:00'],
  ['the 31st in February', '2027-01-31T09:00:00+08:00', 1, '2027-02-28T09:00:00.000+08:00'],
  ['the 31st in February of a leap year', '2028-01-31T09:00:00+08:00', 1, '2028-02-29T09:00:00.000+08:00'],
  ['120 months', '2026-11-30T09:00:00+08:00', 120, '2036-11-30T09:00:00.000+08:00'],
  ['120 months to a leap day', '2018-02-28T09:00:00+08:00', 120, '2028-02-28T09:00:00.000+08:00'],
])('months: %s', (_name, from, n, until) => {
  expect(end(from, n)).toBe(until);
});

it.each([
  ['a leap day in a common year', '2028-02-29T12:00:00+08:00', 1, '2029-02-28T12:00:00.000+08:00'],
  ['a leap day in a leap year', '2028-02-29T12:00:00+08:00', 4, '2032-02-29T12:00:00.000+08:00'],
  ['a leap day over 2100, which is none', '2096-02-29T12:00:00+08:00', 4, '2100-02-28T12:00:00.000+08:00'],
  ['120 years', '2026-11-23T00:00:00+08:00', 120, '2146-11-23T00:00:00.000+08:00'],
])('years: %s', (_name, from, n, until) => {
  expect(end(from, n, 'YEAR')).toBe(until);
});

it('counts the days of the business zone, where it is the next day already', () => {
  // The 31st in China, still the 30th in UTC.
  expect(end('2026-12-30T16:00:00Z', 2)).toBe('2027-02-28T00:00:00.000+08:00');
  // The last millisecond of the 30th in China.
  expect(end('2026-12-30T15:59:59.999Z', 1)).toBe('2027-01-30T23:59:59.999+08:00');
  // The first of March in China, a leap day in UTC.
  expect(end('2028-02-29T16:00:00Z', 1, 'YEAR')).toBe('2029-03-01T00:00:00.000+08:00');
});

it('has no end without a period', () => {
  expect(endOfPeriod(0, { mode: 'ONE_TIME' })).toBeNull();
  expect(endOfPeriod(0, { mode: 'ON_DEMAND' })).toBeNull();
});
