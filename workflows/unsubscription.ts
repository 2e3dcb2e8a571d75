import { unsubscriptionId } from '../domain/ids';
import { formatMoney } from '../domain/money';
import type { CommandRequest } from '../domain/order-line';
import type { Party } from '../domain/parties';
import type { CommandBody } from '../domain/schemas/commands';
import { startClock, stopClock } from './clocks';
import type { Line } from './line';
import { unsubscribe } from './steps/unsubscribe';

/**
 * The buyer asks for some of its money (domain.md 3.1). From this moment on the delivery can neither be accepted
 * nor its licence claimed; the seller answers, and is reminded if it does not.
 */
export async function requestUnsubscription(
  line: Line,
  { by, data }: CommandRequest<CommandBody<'request-unsubscription'>>,
): Promise<void> {
  const { state, order } = line;
  const { amount, reason } = data;
  state.unsubscriptions += 1;
  const id = unsubscriptionId(order.orderLineId, state.unsubscriptions);
  const requested = { id, status: 'REQUESTED' as const, amount, reason };
  state.unsubscription = requested;
  const note = `${formatMoney(amount)} asked for: ${reason}`;
  line.change({}, { by: by.role, command: 'request-unsubscription', note });
  const dueAt = await startClock(line, 'unsubscription');
  if (state.unsubscription === requested) {
    line.mail('unsubscription-requested', ['seller'], { amount, quote: reason, dueAt });
  }
}

/** The seller's answer, or the buyer's change of mind. Agreed on, the refund of that amount is decided. */
export function answerUnsubscription(
  line: Line,
  status: 'APPROVED' | 'REJECTED' | 'WITHDRAWN',
  by: Party,
  words?: string,
): void {
  const { unsubscription } = line.state;
  if (!unsubscription) return;
  stopClock(line, 'unsubscription');
  if (status === 'APPROVED') {
    return unsubscribe(line, unsubscription.reason, {
      outcome: 'UNSUBSCRIBED',
      agreed: unsubscription,
      amount: unsubscription.amount,
      by: by.role,
      command: 'approve-unsubscription',
    });
  }
  line.state.unsubscription = { ...unsubscription, status };
  if (status === 'REJECTED') {
    line.change({}, { by: by.role, command: 'reject-unsubscription', note: words ?? '' });
    line.mail('unsubscription-rejected', ['buyer'], { amount: unsubscription.amount, quote: words ?? null });
  } else {
    const note = 'The buyer withdrew the unsubscription.';
    line.change({}, { by: by.role, command: 'withdraw-unsubscription', note });
    line.mail('unsubscription-withdrawn', ['seller'], { amount: unsubscription.amount });
  }
}
