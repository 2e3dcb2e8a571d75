import { CancellationScope, condition, proxyLocalActivities } from '@temporalio/workflow';
import type { CalendarActivities } from '../activities/contracts';
import type { Term, Windows } from '../domain/windows';
import { complete } from './completion';
import type { Line } from './line';
import { CALENDAR } from './policies';
import { isRunning, standsStill } from './standstill';
import type { Clock } from './state';

const calendar = proxyLocalActivities<CalendarActivities>(CALENDAR);

/** A term that rests on years that the calendar does not know is looked up again each day. */
const DAY = 86_400_000;

type Running = Clock & { dueAt: number };

const TERMS: Record<Clock['of'], (windows: Windows) => Term> = {
  unsubscription: (windows) => windows.unsubscriptionReview,
  appeal: (windows) => windows.appealReminder,
  acceptance: (windows) => ({ ms: windows.autoAcceptance }),
};

/**
 * What happens when a time limit runs out: a party that does not answer is reminded, and nothing else (domain.md 2.0,
 * 3.1); what its buyer has had for ten days is accepted (domain.md 2.7).
 */
const ENDS: Record<Clock['of'], (line: Line) => void> = {
  unsubscription(line) {
    line.mail('unsubscription-overdue', ['seller', 'buyer'], {
      amount: line.state.unsubscription?.amount ?? null,
    });
    const note =
      'The seller has not answered the requested unsubscription in time; both sides were reminded.';
    line.change({}, { note });
  },
  appeal(line) {
    line.mail('appeal-overdue', ['operator'], { quote: line.state.appeal?.reason ?? null });
    line.change({}, { note: 'The appeal has not been resolved in time; operators were reminded.' });
  },
  acceptance: (line) => complete(line, { note: 'The delivery was accepted automatically.' }),
};

/**
 * Starts a time limit; gives its end. What is shown of the line waits for the calendar's answer.
 *
 * @param from since when it counts; default: now
 */
export async function startClock(line: Line, of: Clock['of'], from = Date.now()): Promise<number> {
  const clock: Clock = {
    ...{ of, from, dueAt: null, shift: 0 },
    ...{ stoppedAt: standsStill(line.state, of) ? Date.now() : null, provisional: false, over: false },
  };
  stopClock(line, of);
  line.state.clocks.push(clock);
  line.asking += 1;
  try {
    return await lookUp(line, clock);
  } finally {
    line.asking -= 1;
    line.renew();
  }
}

/** Takes a time limit away. */
export function stopClock({ state }: Line, of: Clock['of']): void {
  state.clocks = state.clocks.filter((clock) => clock.of !== of);
}

const WAITS: Record<Clock['of'], string> = {
  unsubscription: 'Wait for the answer to the unsubscription',
  appeal: 'Wait for the answer to the appeal',
  acceptance: 'Wait for the automatic acceptance',
};

/** Beside the life of the line: does what follows when a time limit passes. Never returns. */
export async function runClocks(line: Line): Promise<never> {
  for (;;) {
    await condition(() => next(line) !== undefined);
    const clock = next(line);
    if (!clock) continue;
    const { of, dueAt, provisional } = clock;
    const wakeAt = provisional ? Math.min(dueAt, Date.now() + DAY) : dueAt;
    const moved = () => next(line) !== clock || clock.dueAt !== dueAt;
    if (await line.until(wakeAt, moved, WAITS[of])) continue;
    line.measure();
    // The calendar may have been updated meanwhile.
    const ends = await lookUp(line, clock);
    if (ends !== dueAt) line.renew();
    if (moved() || ends > Date.now()) continue;
    clock.over = true;
    ENDS[of](line);
  }
}

/** The time limit that runs out first. */
function next({ state }: Line): Running | undefined {
  return state.clocks
    .filter((clock): clock is Running => isRunning(state, clock) && !clock.over)
    .sort((a, b) => a.dueAt - b.dueAt)[0];
}

async function lookUp(line: Line, clock: Clock): Promise<number> {
  const term = TERMS[clock.of](line.windows);
  const { from } = clock;
  if ('ms' in term) {
    clock.dueAt = from + term.ms + clock.shift;
  } else {
    const days = term.workingDays;
    const summary = `When are ${days} working days over?`;
    // A command asks outside the scope in which the line lives, where a cancellation would end the question.
    const answer = await CancellationScope.nonCancellable(() =>
      calendar.addWorkingDays.executeWithOptions({ summary }, [{ from, days }]),
    );
    clock.dueAt = answer.until + clock.shift;
    clock.provisional = answer.provisional;
  }
  return clock.dueAt;
}
