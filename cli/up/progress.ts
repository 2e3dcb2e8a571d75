import type { OrderLineAnswer } from '../../domain/answers';
import type { SellerCall } from '../../domain/seller-calls';
import type { Sample } from './samples';

/** How far a sample order has come, as its line on the screen and in the closing JSON. */
export interface Progress {
  sample: Sample;
  /** Null until the API has shown it once. */
  line: OrderLineAnswer | null;
  /** Answered `newInstance` calls. */
  calls: number;
}

export function progressOf(sample: Sample, line: OrderLineAnswer, calls: readonly SellerCall[]): Progress {
  const answered = calls.filter((call) => call.activity === 'newInstance' && call.ms !== null);
  return { sample, line, calls: answered.length };
}

export function hasEnded({ line }: Progress): boolean {
  return line?.node === 'ENDED';
}

export function isAsExpected(progress: Progress): boolean {
  return hasEnded(progress) && progress.line?.status === progress.sample.expected;
}

/** For people: `fails twice, then opens   OPENING   2 calls   waits for seller until …`. */
export function describe(progress: Progress): string {
  const { sample, line, calls } = progress;
  const parts = [sample.order.orderId.padEnd(28), (line?.node ?? 'PLACED').padEnd(20)];
  parts.push(`${calls} call${calls === 1 ? '' : 's'}`.padEnd(9), outcome(progress));
  return parts.join(' ').trimEnd();
}

function outcome(progress: Progress): string {
  const { line, sample } = progress;
  if (line === null) return sample.title;
  if (hasEnded(progress)) {
    const mark = isAsExpected(progress) ? '✓' : `✗ expected ${sample.expected},`;
    return `${mark} ${line.status}: ${sample.title}`;
  }
  const until = line.dueAt === null ? '' : ` until ${line.dueAt.slice(11, 19)}`;
  return `${line.status}, waits for ${line.waitingFor}${until}`;
}

/** The last line of `--exit`, for machines. */
export function closingJson(all: readonly Progress[]): { orders: object[]; ok: boolean } {
  const orders = all.map(({ sample, line, calls }) => ({
    orderId: sample.order.orderId,
    expected: sample.expected,
    status: line?.status ?? null,
    node: line?.node ?? null,
    calls,
  }));
  return { orders, ok: all.every(isAsExpected) };
}
