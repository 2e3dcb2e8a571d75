import { condition } from '@temporalio/workflow';
import { hasFiveDays } from '../../domain/five-days';
import { WINDOWS, type Windows } from '../../domain/windows';
import { isPending } from '../disputes';
import type { Line } from '../line';
import type { LineState } from '../state';

/** Where a line goes that is completed without supervision: what was bought for a period stays open five days. */
export function afterCompletion(line: Line): Pick<LineState, 'node' | 'dueAt' | 'fiveDaysUntil'> {
  const { order, windows } = line;
  // SaaS lines ended here before release 0.3.0.
  const open = hasFiveDays(order) && line.has('five-days');
  if (!open) return { node: 'ENDED', dueAt: null, fiveDaysUntil: null };
  // An order that began under an older release has no such window.
  const term = (windows as Partial<Windows>).fiveDays ?? WINDOWS.standard.fiveDays;
  const until = Date.now() + term;
  return { node: 'FIVE_DAYS', dueAt: until, fiveDaysUntil: until };
}

/**
 * The buyer may unsubscribe without reason until the five days are over (domain.md 3.1). What it asked for in
 * time is decided first; this wait begins with the question and not at the end of the days: a task in which
 * nothing else happens must not change who waits how long (see `announce.ts`).
 */
export async function fiveDays(line: Line): Promise<void> {
  const { state } = line;
  const left = () => state.undo !== null || line.isLong;
  if (isPending(state)) {
    await condition(() => !isPending(state) || left());
    return;
  }
  const stirred = () => isPending(state) || left();
  const summary = 'Wait for the end of the five days without reason';
  if (await line.until(state.fiveDaysUntil ?? 0, stirred, summary)) return;
  line.change({ node: 'ENDED', dueAt: null }, { note: 'The five days without reason are over.' });
}
