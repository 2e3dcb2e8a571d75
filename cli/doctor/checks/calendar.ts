import { CHINA, missingYear } from '../../../activities/calendar';
import { iso } from '../../../domain/time';
import { calendarWarning } from '../../../workers/calendar-watch';
import type { Check } from '../check';
import { ok, warning } from '../finding';

/** Whether China's working days are known for the time that orders run in. */
export const CALENDAR: Check = {
  name: 'calendar',
  look({ now }) {
    const year = missingYear(CHINA, now());
    if (year !== null) {
      return warning(
        calendarWarning(year),
        'install a Steward with a newer chinese-days; deadlines are counted without it',
      );
    }
    const present = Number(iso(now()).slice(0, 4));
    const next = CHINA.knows(present + 1);
    return ok(
      next
        ? `known to the end of ${present + 1}`
        : `known to the end of ${present}; the next year is announced in November`,
    );
  },
};
