import { CLOSERS } from './endings';
import type { PureLine } from './pure-line';
import type { PureStep } from './steps';

/** More steps than any line needs from anywhere. */
const ENOUGH = 30;
const MONTH = 31 * 86_400_000;

/** Brings a line to its end, from wherever it is; that there is no way is a violation. */
export async function bringToEnd(line: PureLine): Promise<void> {
  for (let steps = 0; line.view.node !== 'ENDED' && line.violations.length === 0; steps += 1) {
    if (steps > ENOUGH) return void line.violations.push(`no way to an end from ${line.situation}`);
    await line.make(next(line));
  }
}

function next({ possible, moment }: PureLine): PureStep {
  const closer = CLOSERS.find(({ command }) => possible.some((one) => one.command === command));
  if (closer) return { do: 'any', role: 'operator', own: true, ...closer };
  return moment.calls.length > 0 ? { do: 'answer', choice: 0, outcome: 0 } : { do: 'pass', ms: MONTH };
}
