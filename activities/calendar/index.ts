import type { CalendarActivities } from '../contracts';
import { addWorkingDays, type Arrangements } from './working-days';

export { CHINA } from './china';
export { addWorkingDays, missingYear, type Arrangements } from './working-days';

export interface CalendarDeps {
  calendar: Arrangements;
}

/** Working days as an activity, so that each answer stays in the history when the calendar changes. */
export function createCalendarActivities({ calendar }: CalendarDeps): CalendarActivities {
  return {
    addWorkingDays: ({ from, days }) => Promise.resolve(addWorkingDays(calendar, from, days)),
  };
}
