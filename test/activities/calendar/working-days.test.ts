import fc from 'fast-check';
import {
  CHINA,
  createCalendarActivities,
  missingYear,
  type Arrangements,
} from '../../../activities/calendar';
import { iso } from '../../../domain/time';

const activities = createCalendarActivities({ calendar: CHINA });
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The answer as people read it: the last day, and a question mark when it is provisional. */
async function add(from: string, days: number, calendar = activities): Promise<string> {
  const { until, provisional } = await calendar.addWorkingDays({ from: at(from), days });
  expect(iso(until)).toMatch(/T00:00:00\.000\+08:00$/);
  return iso(until - 1).slice(0, 10) + (provisional ? '?' : '');
}

/** `2026-09-30 17:00` in the business zone. */
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}+08:00`);

describe('a term ends at 24:00 of its last working day', () => {
  test('the example of the design', async () => {
    const answer = await activities.addWorkingDays({ from: at('2026-09-30 17:00'), days: 2 });
    expect(answer).toEqual({ until: at('2026-10-10 00:00'), provisional: false });
  });

  test.each([
    // Plain weeks
    ['2026-03-02 09:00', 1, '2026-03-03'],
    ['2026-03-02 09:00', 5, '2026-03-09'],
    ['2026-03-06 09:00', 1, '2026-03-09'],
    ['2026-03-02 09:00', 0, '2026-03-02'],
    // Spring Festival, made up for on two Saturdays or Sundays
    ['2025-01-24 12:00', 1, '2025-01-26'],
    ['2025-01-26 12:00', 2, '2025-02-05'],
    ['2025-01-27 17:59', 1, '2025-02-05'],
    ['2025-02-07 12:00', 1, '2025-02-08'],
    ['2025-02-08 12:00', 1, '2025-02-10'],
    ['2026-02-13 12:00', 1, '2026-02-14'],
    ['2026-02-14 12:00', 1, '2026-02-24'],
    ['2026-02-27 12:00', 2, '2026-03-02'],
    // Tomb-sweeping, Labour Day, Dragon Boat
    ['2025-04-03 12:00', 1, '2025-04-07'],
    ['2025-04-25 12:00', 2, '2025-04-28'],
    ['2025-04-30 12:00', 1, '2025-05-06'],
    ['2025-05-30 12:00', 1, '2025-06-03'],
    ['2026-04-03 12:00', 1, '2026-04-07'],
    ['2026-04-30 12:00', 3, '2026-05-08'],
    ['2026-05-08 12:00', 1, '2026-05-09'],
    ['2026-06-18 12:00', 1, '2026-06-22'],
    // Mid-autumn and National Day
    ['2025-09-26 12:00', 1, '2025-09-28'],
    ['2025-09-30 12:00', 1, '2025-10-09'],
    ['2025-09-30 12:00', 3, '2025-10-11'],
    ['2026-09-18 12:00', 1, '2026-09-20'],
    ['2026-09-24 12:00', 1, '2026-09-28'],
    ['2026-09-30 12:00', 3, '2026-10-10'],
    // Over the end of a year
    ['2025-12-31 12:00', 1, '2026-01-04'],
    ['2025-12-30 12:00', 3, '2026-01-05'],
  ])('%s and %i working days: %s', async (from, days, last) => {
    expect(await add(from, days)).toBe(last);
  });
});

describe('what happens late or on a day off counts from the next working day', () => {
  test.each([
    ['just before 18:00', '2026-03-02 17:59:59.999', '2026-03-03'],
    ['at 18:00', '2026-03-02 18:00:00.000', '2026-03-04'],
    ['just before midnight', '2026-03-02 23:59:59.999', '2026-03-04'],
    ['at midnight', '2026-03-03 00:00:00.000', '2026-03-04'],
    ['on Friday evening', '2026-03-06 18:00', '2026-03-10'],
    ['on Saturday', '2026-03-07 00:00', '2026-03-10'],
    ['on Sunday evening', '2026-03-08 23:00', '2026-03-10'],
    ['on a make-up Saturday', '2026-10-10 17:59', '2026-10-12'],
    ['late on a make-up Saturday', '2026-10-10 18:00', '2026-10-13'],
    ['within National Day', '2026-10-03 12:00', '2026-10-09'],
    ['late before National Day', '2026-09-30 18:00', '2026-10-09'],
  ])('%s', async (_when, from, last) => {
    expect(await add(from, 1)).toBe(last);
  });

  test('the day is that of UTC+8, wherever the caller is', async () => {
    const { until } = await activities.addWorkingDays({ from: Date.parse('2026-03-02T16:30:00Z'), days: 1 });
    expect(until).toBe(at('2026-03-05 00:00'));
  });
});

/** A calendar that knows 2026 as the real one does, and 2027 not. */
const upTo2026: Arrangements = {
  knows: (year) => year <= 2026,
  arranged: (day) => (day < '2027' ? CHINA.arranged(day) : undefined),
};

describe('a year that is not known yet', () => {
  const old = createCalendarActivities({ calendar: upTo2026 });

  test.each([
    // Known to its last day, so nothing else was looked at.
    ['2026-12-30 12:00', 1, '2026-12-31'],
    // 1 January is off in every year.
    ['2026-12-31 12:00', 1, '2027-01-04?'],
    ['2026-12-31 18:00', 0, '2027-01-04?'],
    ['2027-04-30 12:00', 1, '2027-05-03?'],
    ['2027-09-30 12:00', 1, '2027-10-04?'],
    ['2028-09-29 12:00', 1, '2028-10-04?'],
    // A Saturday that will perhaps be worked is off until that is known.
    ['2027-02-05 12:00', 1, '2027-02-08?'],
  ])('is computed and provisional: %s and %i working days: %s', async (from, days, last) => {
    expect(await add(from, days, old)).toBe(last);
  });

  test('gets other answers with a new calendar', async () => {
    const arranged: Partial<Record<string, 'off' | 'working'>> = {
      '2027-01-01': 'off',
      '2027-01-02': 'working',
    };
    const updated: Arrangements = {
      knows: (year) => year <= 2027,
      arranged: (day) => arranged[day] ?? CHINA.arranged(day),
    };
    expect(await add('2026-12-31 12:00', 1, old)).toBe('2027-01-04?');
    expect(await add('2026-12-31 12:00', 1, createCalendarActivities({ calendar: updated }))).toBe(
      '2027-01-02',
    );
  });

  test.each([
    ['2026-11-30 23:59:59.999', null],
    ['2026-12-01 00:00', 2027],
    ['2026-12-31 23:59:59.999', 2027],
    ['2027-01-01 00:00', 2027],
    ['2027-07-01 00:00', 2027],
    ['2025-12-15 12:00', null],
  ])('is missed: at %s it is %p', (now, year) => {
    expect(missingYear(upTo2026, at(now))).toBe(year);
  });
});

test('the calendar that is installed knows the years of this release', () => {
  expect([2024, 2025, 2026].filter((year) => !CHINA.knows(year))).toEqual([]);
  expect([1999, 2199].filter((year) => CHINA.knows(year))).toEqual([]);
});

describe('whatever the start', () => {
  const starts = fc.integer({ min: at('2004-01-01 00:00'), max: at('2031-01-01 00:00') });
  const someDays = fc.integer({ min: 0, max: 400 });
  const until = async (from: number, days: number) => (await activities.addWorkingDays({ from, days })).until;

  test('more days end later, and a later start never earlier', async () => {
    await fc.assert(
      fc.asyncProperty(starts, someDays, fc.nat(30 * DAY), async (from, days, later) => {
        expect(await until(from, days + 1)).toBeGreaterThan(await until(from, days));
        expect(await until(from + later, days)).toBeGreaterThanOrEqual(await until(from, days));
      }),
      { numRuns: 300 },
    );
  });

  test('the last day is no day off, and so many working days lie between', async () => {
    await fc.assert(
      fc.asyncProperty(starts, fc.integer({ min: 1, max: 60 }), async (from, days) => {
        const first = await until(from, 0);
        const last = await until(from, days);
        expect(isOff(last - DAY)).toBe(false);
        let worked = 0;
        for (let day = first; day < last; day += DAY) if (!isOff(day)) worked += 1;
        expect(worked).toBe(days);
      }),
      { numRuns: 300 },
    );
  });

  /** Reckoned in another way than the code does: from the library's arrangements and UTC days of the week. */
  function isOff(midnight: number): boolean {
    const zoned = new Date(midnight + 8 * HOUR);
    const arranged = CHINA.arranged(zoned.toISOString().slice(0, 10));
    if (arranged !== undefined) return arranged === 'off';
    if (zoned.getUTCDay() % 6 === 0) return true;
    const fixed = ['01-01', '05-01', '10-01', '10-02', '10-03'];
    return !CHINA.knows(zoned.getUTCFullYear()) && fixed.includes(zoned.toISOString().slice(5, 10));
  }
});
