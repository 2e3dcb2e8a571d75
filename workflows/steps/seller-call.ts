import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';
import type {
  InternalDetail,
  SellerActivity,
  SellerCallInput,
  SellerException,
} from '../../domain/seller-calls';
import type { Line } from '../line';
import { backoff } from '../policies';

/** How a seller call ended: `CALLING → SUCCEEDED | EXCEPTION` (design §3), or given up because of a `close`. */
export type SellerCallResult<Answer> =
  | { kind: 'answered'; answer: Answer }
  | { kind: 'exception'; exception: SellerException }
  | { kind: 'abandoned' };

/**
 * Makes one call that counts. An attempt lost on our side (its worker died, our database was away) is not
 * the seller's: it is not counted and is made again, once by the server (`SELLER_CALL`), then at once after a first
 * time-out, else after a growing wait that `restart-call` ends (design §4). Abandoned by a close, or to continue as
 * new and come back.
 */
export async function callSeller<Answer>(
  line: Line,
  activity: SellerActivity,
  call: (input: SellerCallInput) => Promise<Answer>,
): Promise<SellerCallResult<Answer>> {
  const { state } = line;
  const undoBefore = state.undo;
  const restart = state.restart;
  const closed = () => state.undo !== undoBefore;
  for (let lost = 1; ; lost += 1) {
    const result = await attempt(line, activity, call);
    line.measure();
    if (result.kind !== 'lost') return result;
    line.stay();
    const waits = result.timedOut ? lost - 1 : lost;
    if (waits > 0) {
      const ended = () => closed() || state.restart || line.isLong;
      await line.until(Date.now() + backoff(waits), ended, 'Wait for our own side to recover');
    }
    if (closed()) return { kind: 'abandoned' };
    if (line.isLong) {
      state.restart ||= restart;
      return { kind: 'abandoned' };
    }
  }
}

type Attempt<Answer> = SellerCallResult<Answer> | { kind: 'lost'; timedOut: boolean };

async function attempt<Answer>(
  { state, order, windows }: Line,
  activity: SellerActivity,
  call: (input: SellerCallInput) => Promise<Answer>,
): Promise<Attempt<Answer>> {
  const { orderId, orderLineId, sellerId, productId } = order;
  const n = state.calls[activity] + 1;
  state.calling = activity;
  state.restart = false;
  try {
    const input = { orderId, orderLineId, sellerId, productId, attempt: n, timeout: windows.sellerCall };
    const answer = await call(input);
    state.calls[activity] = n;
    state.exception = null;
    return { kind: 'answered', answer };
  } catch (error) {
    // Anything else is a bug: it blocks the task until it is mended, and is no call that failed.
    if (!(error instanceof ActivityFailure)) throw error;
    const { cause } = error;
    if (cause instanceof ApplicationFailure && cause.type === 'SELLER_CALL_FAILED') {
      const exception = cause.details?.[0] as SellerException;
      state.calls[activity] = n;
      state.exception = exception.words;
      return { kind: 'exception', exception };
    }
    if (activity === 'newInstance' && mayHaveBeenHeard(cause)) state.mayHaveInstance = true;
    return { kind: 'lost', timedOut: cause instanceof TimeoutFailure };
  } finally {
    state.calling = null;
  }
}

/** INTERNAL comes before anything is sent, and says so; of any other end nobody knows whether the seller heard us. */
function mayHaveBeenHeard(cause: Error | undefined): boolean {
  if (!(cause instanceof ApplicationFailure) || cause.type !== 'INTERNAL') return true;
  return (cause.details?.[0] as InternalDetail | undefined)?.mayHaveTakenEffect === true;
}
