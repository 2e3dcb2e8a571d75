import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';
import type { SellerActivity, SellerCallInput, SellerException } from '../../domain/seller-calls';
import type { Line } from '../line';
import { backoff } from '../policies';

/** How a seller call ended: `CALLING → SUCCEEDED | EXCEPTION` (design §3), or given up because of a `close`. */
export type SellerCallResult<Answer> =
  | { kind: 'answered'; answer: Answer }
  | { kind: 'exception'; exception: SellerException }
  | { kind: 'abandoned' };

/**
 * Makes one call that counts. An attempt lost on our side (its worker died, our database was away)
 * is not the seller's: it is not counted and is made again, at once after a timeout, else after a
 * growing wait (design §4).
 */
export async function callSeller<Answer>(
  line: Line,
  activity: SellerActivity,
  call: (input: SellerCallInput) => Promise<Answer>,
): Promise<SellerCallResult<Answer>> {
  const { state, order, windows } = line;
  const { orderId, orderLineId, sellerId, productId } = order;
  const decidedBefore = state.undo !== null;
  state.calling = activity;
  state.restart = false;
  try {
    for (let failures = 0; ;) {
      const attempt = state.calls[activity] + 1;
      try {
        const answer = await call({
          orderId,
          orderLineId,
          sellerId,
          productId,
          attempt,
          timeout: windows.sellerCall,
        });
        state.calls[activity] = attempt;
        state.exception = null;
        return { kind: 'answered', answer };
      } catch (error) {
        const exception = sellerException(error);
        if (exception) {
          state.calls[activity] = attempt;
          state.exception = exception.words;
          return { kind: 'exception', exception };
        }
        // Nobody knows what became of it: the seller may have heard us.
        if (activity === 'newInstance') state.mayHaveInstance = true;
        const closed = () => state.undo !== null && !decidedBefore;
        if (!isTimeout(error)) {
          failures += 1;
          await line.until(Date.now() + backoff(failures), closed, 'Wait for our own side to recover');
        }
        if (closed()) return { kind: 'abandoned' };
      }
    }
  } finally {
    state.calling = null;
  }
}

/** The seller's part in a failure; undefined when the failure is ours. */
function sellerException(error: unknown): SellerException | undefined {
  const cause = error instanceof ActivityFailure ? error.cause : undefined;
  if (!(cause instanceof ApplicationFailure) || cause.type !== 'SELLER_CALL_FAILED') return undefined;
  return cause.details?.[0] as SellerException;
}

function isTimeout(error: unknown): boolean {
  return error instanceof ActivityFailure && error.cause instanceof TimeoutFailure;
}
