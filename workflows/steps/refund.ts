import {
  ActivityCancellationType,
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  condition,
  proxyActivities,
} from '@temporalio/workflow';
import type { PlatformActivities } from '../../activities/contracts';
import { formatMoney } from '../../domain/money';
import type { Line } from '../line';
import { UNTIL_TAKEN } from '../policies';
import type { Undo } from '../state';
import { beginRelease } from './release';

const platform = proxyActivities<PlatformActivities>({
  ...UNTIL_TAKEN,
  summary: 'Refund the buyer',
  // An attempt that is under way may still be taken: its answer is awaited, 15 s at most.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});

type Outcome = { kind: 'taken' } | { kind: 'refused'; reason: string } | { kind: 'cancelled' };

/**
 * Pays the decided refund exactly once: the platform knows it by its id, so it may be sent again and
 * again. After an hour, or when the platform refuses it, an operator is asked (`REFUND_STUCK`).
 */
export async function refund(line: Line): Promise<void> {
  const { undo } = line.state;
  if (!undo) return;
  if (undo.unsubscription.amount.minor === 0) return settle(line, undo, 'Nothing was to be refunded.');

  // After a refusal nothing is repeated by itself.
  if (undo.refused !== null) {
    await condition(() => undo.asked !== null || line.isLong);
    if (undo.asked === null) return;
  }
  if (undo.asked === 'record') return settle(line, undo, 'The refund was paid by hand.');
  undo.asked = null;
  undo.refused = null;

  const outcome = await sendUntilStirred(line, undo);
  line.measure();
  if (outcome.kind === 'taken') {
    const twice = 'The platform took the refund that an operator recorded: check that it was not paid twice.';
    return settle(line, undo, undo.asked === 'record' ? twice : 'The platform took the refund.');
  }
  if (outcome.kind === 'refused' && undo.asked === null) {
    undo.refused = outcome.reason;
    stuck(line, outcome.reason);
  }
}

/** Sends until the platform answers for good, or an operator steps in; meanwhile the hour may pass. */
async function sendUntilStirred(line: Line, undo: Undo): Promise<Outcome> {
  const sending = new CancellationScope();
  let outcome: Outcome | undefined;
  const done = sending.run(() => send(line, undo)).then((answer) => (outcome = answer));
  const stirred = () => outcome !== undefined || undo.asked !== null || line.isLong;
  if (!(await line.until(undo.stuckAt, stirred, 'Wait for the platform to take the refund'))) {
    if (line.state.node !== 'REFUND_STUCK') {
      stuck(line, 'The platform has not taken the refund; Steward goes on trying.');
    }
    await condition(stirred);
  }
  if (outcome === undefined) sending.cancel();
  return done;
}

async function send(line: Line, undo: Undo): Promise<Outcome> {
  const { orderId, orderLineId } = line.order;
  const { id, amount, reason } = undo.unsubscription;
  try {
    await platform.refund({ refundId: id, orderId, orderLineId, amount, reason });
    return { kind: 'taken' };
  } catch (error) {
    const cause = error instanceof ActivityFailure ? error.cause : undefined;
    // Cancelled in its last attempt, it ends with that attempt's passing failure.
    const final = cause instanceof ApplicationFailure && cause.type !== 'PLATFORM_UNAVAILABLE';
    return final ? { kind: 'refused', reason: cause.message } : { kind: 'cancelled' };
  }
}

function stuck(line: Line, note: string): void {
  line.change({ node: 'REFUND_STUCK', dueAt: null }, { note });
  line.tell('order.refund_stuck', note);
  const { unsubscription } = line.state.undo ?? {};
  line.mail('refund-stuck', ['operator'], { amount: unsubscription?.amount ?? null, quote: note });
}

function settle(line: Line, undo: Undo, note: string): void {
  const { amount, reason } = undo.unsubscription;
  undo.unsubscription.status = 'REFUNDED';
  undo.asked = null;
  line.state.status = undo.outcome;
  const closed = undo.outcome === 'CLOSED';
  beginRelease(line, note, () => {
    line.tell(closed ? 'order.closed' : 'order.unsubscribed', `${formatMoney(amount)} refunded. ${reason}`);
    line.mail(closed ? 'closed' : 'unsubscribed', ['buyer', 'seller'], { amount, quote: reason });
  });
}
