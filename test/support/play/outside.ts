import { ApplicationFailure } from '@temporalio/common';
import type { ErrorCode } from '../../../domain/errors';
import type { SellerException } from '../../../domain/seller-calls';
import type { Call } from './temporal-stand-in';

/** One way in which a call to the outside ends: with an answer, or the failure of an activity. */
type Ending = (call: Call, now: number) => void;

const DAY = 86_400_000;
const answers =
  (answer: unknown): Ending =>
  (call) =>
    call.resolve(answer);
const fails = (code: ErrorCode, ...details: unknown[]): Ending => {
  const type = code;
  return (call) =>
    call.fail(ApplicationFailure.create({ type, message: 'As it was told to', details, nonRetryable: true }));
};
const sellerFails = (mayHaveTakenEffect: boolean) => {
  const exception: SellerException = { code: 'TIMED_OUT', words: 'No answer', mayHaveTakenEffect };
  return fails('SELLER_CALL_FAILED', exception);
};
const parcel =
  (info: string, state?: string, age = 0): Ending =>
  (call, now) =>
    call.resolve(state === undefined ? { info } : { info, state, at: now - age });

const aSellerCall: readonly Ending[] = [answers(undefined), sellerFails(false), fails('INTERNAL')];

/** How the calls of workflows can end, the best way first; one that is not here is answered with nothing. */
const ENDINGS: Readonly<Record<string, readonly Ending[]>> = {
  newInstance: [
    answers({ instanceId: 'I-1', opened: true }),
    answers({ instanceId: 'I-1', opened: false }),
    sellerFails(true),
    sellerFails(false),
    fails('INTERNAL'),
  ],
  queryInstance: [
    answers({ ready: true, hasAppInfo: true }),
    answers({ ready: false }),
    ...aSellerCall.slice(1),
  ],
  releaseInstance: aSellerCall,
  orderNotify: aSellerCall,
  refund: [answers(undefined), fails('REFUND_REFUSED')],
  trackParcel: [
    parcel('VALID', 'SIGNED'),
    parcel('VALID', 'IN_TRANSIT'),
    parcel('VALID', 'SIGNED', 20 * DAY),
    parcel('VALID', 'SIGNED', -DAY),
    parcel('VALID', 'RETURNED'),
    parcel('PHONE_MISMATCH'),
    parcel('CARRIER_UNKNOWN'),
  ],
  takeUnsubscription: [answers({ taken: true }), answers({ taken: false })],
};

/** What is answered at once: nobody waits for it, so that when it comes makes no difference. */
const AT_ONCE: Readonly<Record<string, Ending>> = {
  publishView: answers(undefined),
  sendMail: answers(undefined),
  deliverEvents: (call) => {
    const { events } = call.input as { events: unknown[] };
    call.resolve({ done: events.length, refused: [] });
  },
  addWorkingDays: (call) => {
    const { from, days } = call.input as { from: number; days: number };
    call.resolve({ until: from + days * DAY, provisional: false });
  },
};

/** Ends a call that nobody waits for; false for one that waits. */
export function answerAtOnce(call: Call, now: number): boolean {
  AT_ONCE[call.name]?.(call, now);
  return AT_ONCE[call.name] !== undefined;
}

/** Ends a call in one of its ways. */
export function endCall(call: Call, choice: number, now: number): void {
  const endings = ENDINGS[call.name] ?? [answers(undefined)];
  endings[choice % endings.length]!(call, now);
}

/** In how many ways a call can end. */
export function endingsOf({ name }: Call): number {
  return ENDINGS[name]?.length ?? 1;
}
