import type { OrderLineAnswer } from '../../domain/answers';
import type { Status } from '../../domain/nodes';
import type { SellerCall } from '../../domain/seller-calls';
import { clockTime } from './clock-time';
import type { PaidBill } from './pay-bills';
import type { Settled } from '../settle';
import { countLent, hasOthers } from './hand';
import type { Sample } from './samples';

/** How far a sample order has come, as its line on the screen and in the closing JSON. */
export interface Progress {
  sample: Sample;
  /** Null until the API has shown it once. */
  line: OrderLineAnswer | null;
  /** Answered `newInstance` calls. */
  calls: number;
  /** How many of the sample's hands have been lent. */
  lent: number;
  /** What came out of a hand that should not have; null while all is well. */
  fault: string | null;
  /** Somebody had a hand in it: gave a command, or told the simulated seller what to do. */
  mended: boolean;
}

/** Before the first look. */
export function unseen(sample: Sample): Progress {
  return { sample, line: null, calls: 0, lent: 0, fault: null, mended: false };
}

/**
 * What a look at the line has shown.
 *
 * @param told whether somebody has told the simulated seller what to do with this order
 */
export function seen(
  before: Progress,
  line: OrderLineAnswer,
  calls: readonly SellerCall[],
  told: boolean,
): Progress {
  const { hands } = before.sample;
  const answered = calls.filter((call) => call.activity === 'newInstance' && call.ms !== null);
  const lent = Math.max(before.lent, countLent(hands, line.log));
  const mended = told || hasOthers(hands, line.log);
  return { ...before, line, calls: answered.length, lent, mended };
}

/** Only SaaS is; for other kinds the number of its calls says nothing. */
export function isOpenedByCalls({ order }: Sample): boolean {
  return order.lines.some(({ delivery }) => delivery === 'saas');
}

/** Whether nothing more comes: the line is at its end, or a hand came out wrong and the next ones are not lent. */
export function isOver({ sample, line, fault }: Progress): boolean {
  return line?.node === sample.end || fault !== null;
}

export function isAsExpected({ sample, line, fault }: Progress): boolean {
  return fault === null && line?.node === sample.end && line.status === sample.expected;
}

/**
 * For people: `CS2611-FAILS-TWICE   OPENING   2 calls   PROCESSING, waits for seller until 03:04:59`.
 *
 * @param width cuts it, so that each keeps one line on a small terminal; default not at all
 * @param now epoch milliseconds: times of other days have their date
 */
export function describe(progress: Progress, width?: number, now = Date.now()): string {
  const { sample, line, calls } = progress;
  const made = isOpenedByCalls(sample) ? `${calls} call${calls === 1 ? '' : 's'}` : '';
  const parts = [sample.order.orderId.padEnd(26), (line?.node ?? 'PLACED').padEnd(22), made.padEnd(7)];
  return [...parts, outcome(progress, now)].join(' ').slice(0, width).trimEnd();
}

function outcome(progress: Progress, now: number): string {
  const { line, sample, fault } = progress;
  if (fault !== null) return `✗ ${fault}: ${sample.title}`;
  if (line === null) return sample.title;
  if (isOver(progress)) {
    return `${endOf(progress, line.status)}: ${sample.title}`;
  }
  const until = line.dueAt === null ? '' : ` until ${clockTime(line.dueAt, now)}`;
  return `${line.status}, waits for ${line.waitingFor}${until}`;
}

function endOf(progress: Progress, status: Status): string {
  const { expected } = progress.sample;
  if (isAsExpected(progress)) return `✓ ${status}`;
  // Nothing is wrong: it was to be tried.
  return progress.mended
    ? `• ${status}, mended by hand, else ${expected}`
    : `✗ expected ${expected}, ${status}`;
}

/** The last line of `--exit`, for machines. `settled` are the runs of the month, where it was closed, `bills` theirs. */
export function closingJson(
  all: readonly Progress[],
  settled?: readonly Settled[],
  bills?: readonly PaidBill[],
): { orders: object[]; settled?: readonly Settled[]; bills?: readonly PaidBill[]; ok: boolean } {
  const orders = all.map(({ sample, line, calls }) => ({
    orderId: sample.order.orderId,
    expected: sample.expected,
    status: line?.status ?? null,
    node: line?.node ?? null,
    calls,
  }));
  const paid = bills?.every(({ expected, node }) => node === expected) ?? true;
  return {
    orders,
    ...(settled && { settled }),
    ...(bills && { bills }),
    ok: all.every(isAsExpected) && paid,
  };
}
