import { isHeld } from './disputes';
import type { Line } from './line';
import type { Clock, LineState } from './state';

/**
 * Whether a time limit stands still: an open appeal stops all but its own, a pending unsubscription that of the
 * acceptance (design §3).
 */
export function standsStill(state: LineState, of: Clock['of']): boolean {
  if (of === 'appeal') return false;
  return state.appeal?.status === 'OPEN' || (of === 'acceptance' && isHeld(state));
}

/** Stops time limits, or lets them go on with what was left: to be called when an appeal or unsubscription has changed. */
export function adjustClocks({ state }: Line): void {
  for (const clock of state.clocks) {
    if (standsStill(state, clock.of)) {
      clock.stoppedAt ??= Date.now();
      continue;
    }
    const stopped = Date.now() - (clock.stoppedAt ?? Date.now());
    clock.shift += stopped;
    if (clock.dueAt !== null) clock.dueAt += stopped;
    clock.stoppedAt = null;
  }
}

/** Whether a time limit may run out now. That of the acceptance ends nothing before the goods are up to the buyer. */
export function isRunning({ node }: LineState, { of, dueAt, stoppedAt }: Clock): boolean {
  return dueAt !== null && stoppedAt === null && (of !== 'acceptance' || node === 'ACCEPTING');
}
