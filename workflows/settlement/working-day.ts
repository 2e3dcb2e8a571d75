import { proxyLocalActivities, sleep } from '@temporalio/workflow';
import type { CalendarActivities } from '../../activities/contracts';
import { formatTime } from '../../domain/time';
import { CALENDAR } from '../policies';

const { addWorkingDays } = proxyLocalActivities<CalendarActivities>(CALENDAR);

const DAY = 86_400_000;

/**
 * Waits for the beginning of the working day on which something falls that is due on `day`: that day, or the next
 * working day after it (China's, design §4). Asks the calendar again after the wait, which may have been updated, and
 * each day as long as it does not know the year.
 *
 * @param day the beginning of a day in the business zone, in epoch milliseconds
 * @param show is told in words what is waited for
 */
export async function workingDay(day: number, show: (words: string) => void): Promise<void> {
  for (;;) {
    const summary = 'Which working day is it?';
    const { until, provisional } = await addWorkingDays.executeWithOptions({ summary }, [
      { from: day, days: 0 },
    ]);
    const begins = until - DAY;
    const left = begins - Date.now();
    if (left <= 0) return;
    const guess = provisional ? ' (provisional: the holidays of that year are not known yet)' : '';
    show(`A day off: waits for the next working day, ${formatTime(begins)}${guess}.`);
    await sleep(provisional ? Math.min(left, DAY) : left, { summary: 'Wait for the next working day' });
  }
}
