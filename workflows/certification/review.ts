import { proxyLocalActivities } from '@temporalio/workflow';
import type { CalendarActivities } from '../../activities/contracts';
import { CALENDAR } from '../policies';
import type { Case } from './case';
import type { Review } from './state';

const { addWorkingDays } = proxyLocalActivities<CalendarActivities>(CALENDAR);

/** A term that rests on years that the calendar does not know is looked up again each day. */
const DAY = 86_400_000;

/**
 * Finds out until when a new review is due, and reminds operators when that, or the wait since the last time, is over:
 * again each working day until there is a verdict (domain.md 6.1, design §4). No verdict follows by itself.
 */
export async function followReview(one: Case): Promise<void> {
  const { review } = one.state;
  if (!review) return;
  const now = Date.now();
  if (review.remindAt === null) {
    await lookUp(one, review);
    one.renew();
    // With its term: a mail says until when.
    if (one.state.review === review) one.mail('certification-submitted', 'operator');
    return;
  }
  if (wakeAt(review) > now) return;
  const before = review.remindAt;
  // The calendar may have been updated meanwhile.
  await lookUp(one, review);
  if (review.remindAt !== before) one.renew();
  if (review.remindAt > now || one.state.review !== review) return;
  one.change({}, { note: 'The review was not done in time; operators were reminded.' });
  one.mail('certification-overdue', 'operator');
  Object.assign(review, { from: review.remindAt, reminded: true });
  await lookUp(one, review);
}

/** When `followReview` has something to do next. */
export function wakeAt({ remindAt, provisional, askedAt }: Review): number {
  if (remindAt === null) return 0;
  return provisional ? Math.min(remindAt, askedAt + DAY) : remindAt;
}

async function lookUp({ windows: { certificationReview: term } }: Case, review: Review): Promise<void> {
  const { from, reminded } = review;
  if ('ms' in term) {
    review.remindAt = from + term.ms;
  } else {
    // What is over at a day's end is said again at the end of the next working day.
    const days = reminded ? 0 : term.workingDays;
    const summary = reminded ? 'When is the next working day over?' : `When are ${days} working days over?`;
    const { until, provisional } = await addWorkingDays.executeWithOptions({ summary }, [{ from, days }]);
    Object.assign(review, { remindAt: until, provisional, askedAt: Date.now() });
  }
  if (!reminded) review.dueAt = review.remindAt;
}
