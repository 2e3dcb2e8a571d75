import { ActivityFailure, ApplicationFailure, condition, proxyActivities } from '@temporalio/workflow';
import type { ProductionActivities } from '../activities/contracts';
import type { SellerException } from '../domain/seller-calls';
import { formatTime } from '../domain/time';
import type { Line } from './line';
import { backoff, SELLER_CALL } from './policies';
import type { Notify } from './state';

const { orderNotify } = proxyActivities<ProductionActivities>(SELLER_CALL);

/**
 * Beside the life of the line: tells the seller of the order at its production URL, hourly for three hours while
 * that fails, then only when restarted; nothing else depends on it (domain.md 1.10, 1.11). Never returns.
 */
export async function notifySeller(line: Line): Promise<void> {
  const { notify } = line.state;
  if (!notify) return;
  for (let lost = 0; ;) {
    await condition(() => notify.status === 'DUE');
    const summary = `Wait for order notification ${notify.n} of ${line.windows.notifyCalls}`;
    if (await line.until(notify.dueAt, () => isOver(line), summary)) {
      notify.status = 'SUCCEEDED';
      continue;
    }
    lost = (await call(line, notify)) ? 0 : lost + 1;
    if (lost > 0) notify.dueAt = Date.now() + backoff(lost);
  }
}

/** Of an order that has ended, or whose refund is decided, nobody is told any more. */
function isOver({ state }: Line): boolean {
  return state.undo !== null || state.node === 'ENDED';
}

/** `restart-call` in a supervised delivery: one more notification now. */
export function askAgain({ state, windows }: Line): void {
  if (state.notify) Object.assign(state.notify, { status: 'DUE', n: windows.notifyCalls, dueAt: Date.now() });
}

/** @returns whether the call counts: one lost on our own side does not */
async function call(line: Line, notify: Notify): Promise<boolean> {
  const { state, order, windows } = line;
  const { orderId, orderLineId, sellerId, productId } = order;
  const attempt = state.calls.orderNotify + 1;
  const input = { orderId, orderLineId, sellerId, productId, attempt, timeout: windows.sellerCall };
  notify.status = 'CALLING';
  try {
    await orderNotify.executeWithOptions({ summary: `Notify the seller of the order, call ${attempt}` }, [
      input,
    ]);
    notify.status = 'SUCCEEDED';
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    const { cause } = error;
    notify.status = 'DUE';
    if (!(cause instanceof ApplicationFailure) || cause.type !== 'SELLER_CALL_FAILED') return false;
    failed(line, notify, attempt, cause.details?.[0] as SellerException);
  } finally {
    line.measure();
  }
  state.calls.orderNotify = attempt;
  return true;
}

function failed(line: Line, notify: Notify, attempt: number, { words }: SellerException): void {
  const { notifyCalls, notifyInterval } = line.windows;
  const over = isOver(line);
  const last = over || notify.n >= notifyCalls;
  if (last) notify.status = 'EXCEPTION';
  else Object.assign(notify, { n: notify.n + 1, dueAt: notify.dueAt + notifyInterval });
  const follows = over
    ? 'No call follows: the order is decided.'
    : last
      ? 'It was the last one; restart-call makes another.'
      : `Call ${notify.n} of ${notifyCalls} follows at ${formatTime(notify.dueAt)}.`;
  const note = `orderNotify call ${attempt} failed: ${words}. ${follows}`;
  line.change({}, { note });
  line.tell('order.call_failed', note);
  line.mail('call-failed', ['seller'], { quote: words, dueAt: last ? null : notify.dueAt });
}
