import { condition, proxyLocalActivities } from '@temporalio/workflow';
import type { CalendarActivities } from '../../activities/contracts';
import type { BillTerm } from '../../domain/billing/windows';
import { monthsAfter } from '../../domain/period';
import { endOfDay, formatTime } from '../../domain/time';
import { CALENDAR } from '../policies';
import type { BillLife } from './life';
import type { BillClock } from './state';

const { addWorkingDays } = proxyLocalActivities<CalendarActivities>(CALENDAR);

/** What rests on years that the calendar does not know is looked up again each day. */
const DAY = 86_400_000;

/**
 * Beside the life of the bill: reminds before the time limit of the present step, and tells that it is over. Nothing
 * follows from that but mails (design §4): what comes late counts, and is shown as late. Never returns.
 */
export async function runBillClock(life: BillLife): Promise<never> {
  const { state } = life;
  for (;;) {
    await condition(() => state.clock !== null && (life.asking || wakeAt(life) !== null));
    const { clock } = state;
    if (!clock) continue;
    if (life.asking) {
      await lookUp(life, clock);
      continue;
    }
    const at = wakeAt(life) ?? 0;
    const left = (clock.provisional ? Math.min(at, Date.now() + DAY) : at) - Date.now();
    const moved = () => state.clock !== clock;
    if (left > 0) {
      if (await condition(moved, left, { summary: summaryOf(clock) })) continue;
      life.measure();
    }
    if (moved()) continue;
    // The calendar may have been updated meanwhile.
    if (clock.toldAt === null) await lookUp(life, clock);
    if (!moved() && (wakeAt(life) ?? 0) <= Date.now()) tell(life, clock);
  }
}

/** When there is something to say next; null when there is not. */
function wakeAt(life: BillLife): number | null {
  const { clock } = life.state;
  if (!clock || clock.dueAt === null) return null;
  if (clock.toldAt !== null) return clock.againAt;
  const before = remindersOf(life)[clock.reminded];
  return before === undefined ? clock.dueAt : clock.dueAt - before;
}

function summaryOf({ toldAt, dueAt }: BillClock): string {
  if (toldAt !== null) return 'Wait until it is told again that the step is overdue';
  return `Wait for the time limit of the step, ${formatTime(dueAt ?? 0)}`;
}

/** A reminder, or that the step is overdue. */
function tell(life: BillLife, clock: BillClock): void {
  const now = Date.now();
  const { dueAt } = clock;
  if (dueAt !== null && now < dueAt) {
    // Of several that are due because of an outage, one is enough.
    clock.reminded = remindersOf(life).filter((before) => dueAt - before <= now).length;
    const to = life.step.waitingFor === 'seller' ? 'seller' : 'operator';
    return life.mail('bill-reminder', [to]);
  }
  const first = clock.toldAt === null;
  clock.toldAt = now;
  clock.againAt = null;
  life.mail('bill-overdue', life.step.waitingFor === 'seller' ? ['seller', 'operator'] : ['operator']);
  if (first) life.note({ note: 'The time limit of this step is over.' });
}

function remindersOf({ windows, step }: BillLife): number[] {
  return step.reminders ? windows[step.reminders] : [];
}

/** Asks when the step is due, or, overdue, when that is told again. */
async function lookUp(life: BillLife, clock: BillClock): Promise<void> {
  const { windows, step, state } = life;
  if (clock.toldAt !== null) {
    const { until } = await end(windows.overdueAgain, clock.toldAt);
    clock.againAt = until;
    return;
  }
  if (step.window === undefined) return;
  const before = clock.dueAt;
  const { until, provisional } = await end(windows[step.window], clock.from);
  clock.dueAt = until;
  clock.provisional = provisional;
  if (until !== before && state.clock === clock) state.revision += 1;
}

async function end(term: BillTerm, from: number): Promise<{ until: number; provisional: boolean }> {
  if ('ms' in term) return { until: from + term.ms, provisional: false };
  if ('months' in term) return { until: endOfDay(monthsAfter(from, term.months)), provisional: false };
  const days = term.workingDays;
  const summary = `When are ${days} working days over?`;
  return addWorkingDays.executeWithOptions({ summary }, [{ from, days }]);
}
