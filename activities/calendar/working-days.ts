import { iso } from '../../domain/time';
import type { WorkingDaysAnswer } from '../contracts';

/** What was arranged for each year. Days are those of the business zone, `YYYY-MM-DD`. */
export interface Arrangements {
  /** Whether the holidays of this year were announced; else they are computed, and provisional. */
  knows(year: number): boolean;
  /** Statutory holidays, and the working days that make up for them (调休); undefined for all other days. */
  arranged(day: string): 'off' | 'working' | undefined;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** What happens from this hour on counts from the next working day (design §4). */
const CLOSING = 18 * HOUR;

/** The holidays that fall on the same days every year: the least that an unknown year has. */
const FIXED_HOLIDAYS = new Set(['01-01', '05-01', '10-01', '10-02', '10-03']);

/**
 * When `days` working days after `from` are over (design §4): at 24:00 (UTC+8) of the last one. What happens
 * on a day off, or from 18:00 on, counts from the next working day.
 *
 * @param from epoch milliseconds
 * @param days a whole number from 0
 * @example addWorkingDays(china, Date.parse('2026-09-30T17:00:00+08:00'), 2) // 2026-10-10T00:00:00+08:00
 */
export function addWorkingDays(calendar: Arrangements, from: number, days: number): WorkingDaysAnswer {
  let day = midnightBefore(from);
  let provisional = !calendar.knows(yearOf(day));
  const toNext = (): void => {
    do {
      day += DAY;
      provisional ||= !calendar.knows(yearOf(day));
    } while (!isWorkingDay(calendar, day));
  };

  if (from - day >= CLOSING || !isWorkingDay(calendar, day)) toNext();
  for (let n = 0; n < days; n += 1) toNext();
  return { until: day + DAY, provisional };
}

/**
 * The year for which a calendar is overdue: the present one, or, in December, the coming one (the State
 * Council announces it in November). Null when nothing is missing.
 *
 * @param now epoch milliseconds
 */
export function missingYear(calendar: Arrangements, now: number): number | null {
  const year = yearOf(now);
  if (!calendar.knows(year)) return year;
  const december = iso(now).slice(5, 7) === '12';
  return december && !calendar.knows(year + 1) ? year + 1 : null;
}

function isWorkingDay(calendar: Arrangements, midnight: number): boolean {
  const day = iso(midnight).slice(0, 10);
  const arranged = calendar.arranged(day);
  if (arranged !== undefined) return arranged === 'working';
  const weekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
  return !weekend && (calendar.knows(yearOf(midnight)) || !FIXED_HOLIDAYS.has(day.slice(5)));
}

/** The zone has no summer time: every day is of 24 hours. */
function midnightBefore(moment: number): number {
  return Date.parse(`${iso(moment).slice(0, 10)}T00:00:00+08:00`);
}

function yearOf(moment: number): number {
  return Number(iso(moment).slice(0, 4));
}
