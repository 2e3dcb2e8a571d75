import { CHINA, type Arrangements } from '../../activities/calendar';
import { iso } from '../../domain/time';

const DAY = 86_400_000;

/** China's calendar, moved so that a time of it is to come. */
export interface MovedCalendar {
  calendar: Arrangements;
  /** Moves a moment of it, `2026-09-30T17:00` in the business zone. */
  moment: (text: string) => number;
}

/**
 * Moves China's calendar whole weeks into the future, so that a day of it is at least three days ahead: the clock of the
 * time-skipping server does not go back.
 *
 * @param first `YYYY-MM-DD`
 */
export function movedCalendar(now: number, first: string): MovedCalendar {
  const at = (text: string) => Date.parse(`${text}:00+08:00`);
  const shift = Math.ceil((now + 3 * DAY - at(`${first}T00:00`)) / (7 * DAY)) * 7 * DAY;
  const before = (day: string) => iso(Date.parse(`${day}T00:00:00+08:00`) - shift).slice(0, 10);
  return {
    calendar: { knows: () => true, arranged: (day) => CHINA.arranged(before(day)) },
    moment: (text) => at(text) + shift,
  };
}
