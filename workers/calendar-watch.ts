import type { Logger } from 'pino';
import { missingYear, type Arrangements } from '../activities/calendar';
import { iso } from '../domain/time';

export interface CalendarWatchOptions {
  calendar: Arrangements;
  logger: Logger;
  /** Epoch milliseconds; default `Date.now`. */
  clock?: () => number;
}

/** A running watch. */
export interface CalendarWatch {
  stop(): void;
}

/** Often enough that a machine which slept through midnight still warns on that day. */
const INTERVAL = 3_600_000;

/**
 * Warns while the calendar lacks a year (`missingYear`): at once, then once each day, until it is stopped. It
 * keeps no process running.
 */
export function watchCalendar({ calendar, logger, clock = Date.now }: CalendarWatchOptions): CalendarWatch {
  let warnedOn = '';
  const check = (): void => {
    const now = clock();
    const year = missingYear(calendar, now);
    const today = iso(now).slice(0, 10);
    if (year === null || warnedOn === today) return;
    warnedOn = today;
    logger.warn({ year }, calendarWarning(year));
  };
  check();
  const timer = setInterval(check, INTERVAL).unref();
  return { stop: () => clearInterval(timer) };
}

/** What to tell people about a year that the calendar lacks. */
export function calendarWarning(year: number): string {
  return `The working days of ${year} are provisional: update the package chinese-days, which brings them`;
}
