import type { OrderLine } from '../../../domain/order-line';
import { ARGUMENTS } from './arguments';
import { endingsOf } from './outside';
import { PureLine } from './pure-line';
import type { PureStep } from './steps';

const HOUR = 3_600_000;
const MONTH = 744 * HOUR;

/** A situation that a line can come to, and the shortest way there. */
export interface Found {
  situation: string;
  way: readonly PureStep[];
}

/**
 * Every situation that an order of this sort can come to by what is possible, by answers from outside and by time;
 * nearest first, and no more than `most`. A line has no copy, so each way is gone from its start.
 */
export async function search(order: OrderLine, most: number): Promise<Found[]> {
  const found: Found[] = [{ situation: (await PureLine.begin(order)).situation, way: [] }];
  const known = new Set(found.map(({ situation }) => situation));
  for (const { way } of found) {
    for (const step of stepsFrom(await walk(order, way))) {
      const { situation } = await walk(order, [...way, step]);
      if (known.has(situation)) continue;
      known.add(situation);
      found.push({ situation, way: [...way, step] });
      if (found.length >= most) return found;
    }
  }
  return found;
}

/** A line that has gone a way. */
export async function walk(order: OrderLine, way: readonly PureStep[]): Promise<PureLine> {
  const line = await PureLine.begin(order);
  for (const step of way) await line.make(step);
  return line;
}

/** All that can happen to a line where it stands. */
function stepsFrom({ possible, moment }: PureLine): PureStep[] {
  const commands = possible.flatMap(({ command }, choice) =>
    (ARGUMENTS[command]?.bodies ?? [{}]).map((_data, body): PureStep => ({ do: 'possible', choice, body })),
  );
  const answers = moment.calls.flatMap((call, choice) =>
    Array.from({ length: endingsOf(call) }, (_end, outcome): PureStep => ({ do: 'answer', choice, outcome })),
  );
  const time = [HOUR, MONTH].map((ms): PureStep => ({ do: 'pass', ms }));
  return [...commands, ...answers, ...time];
}
