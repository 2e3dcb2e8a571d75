import { unsubscriptionId } from '../domain/ids';
import { formatMoney } from '../domain/money';
import type { CommandRequest, Unsubscription } from '../domain/order-line';
import type { Party } from '../domain/parties';
import type { CommandData } from '../domain/schemas/commands';
import { startClock, stopClock } from './clocks';
import { askedOf } from './disputes';
import type { Line } from './line';
import { adjustClocks } from './standstill';
import type { LineState } from './state';
import { unsubscribe } from './steps/unsubscribe';

/**
 * The buyer asks for some of its money (domain.md 3.1). From this moment on the delivery can neither be accepted
 * nor its licence claimed; the seller answers, and is reminded if it does not. For goods that are in transit and not
 * received an operator comes first.
 */
export async function requestUnsubscription(
  line: Line,
  { by, data }: CommandRequest<CommandData<'request-unsubscription'>>,
): Promise<void> {
  const { state, order } = line;
  const { amount, reason, received } = data;
  const confirming = received === false && isInTransit(state);
  state.unsubscriptions += 1;
  const id = unsubscriptionId(order.orderLineId, state.unsubscriptions);
  state.unsubscription = { id, status: confirming ? 'OPERATOR_CONFIRMING' : 'REQUESTED', amount, reason };
  adjustClocks(line);
  const goods = received === undefined ? '' : received ? ', goods received' : ', goods not received';
  const note = `${formatMoney(amount)} asked for${goods}: ${reason}`;
  line.change({}, { by: by.role, command: 'request-unsubscription', note });
  if (confirming) line.mail('unsubscription-in-transit', ['operator'], { amount, quote: reason });
  else await askSeller(line, state.unsubscription);
}

/** An operator lets the seller answer what the buyer wants back although it is still in transit. */
export async function confirmUnsubscription(
  line: Line,
  { by }: CommandRequest<CommandData<'confirm-unsubscription'>>,
): Promise<void> {
  const { state } = line;
  if (!state.unsubscription) return;
  state.unsubscription = { ...state.unsubscription, status: 'REQUESTED' };
  const note = 'The goods are in transit; the seller may answer the unsubscription.';
  line.change({}, { by: by.role, command: 'confirm-unsubscription', note });
  await askSeller(line, state.unsubscription);
}

async function askSeller(line: Line, requested: Unsubscription): Promise<void> {
  const { amount, reason } = requested;
  const dueAt = await startClock(line, 'unsubscription');
  if (line.state.unsubscription === requested) {
    line.mail('unsubscription-requested', ['seller'], { amount, quote: reason, dueAt });
  }
}

/** Shipped, and neither with the buyer nor back. */
function isInTransit({ shipment }: LineState): boolean {
  return shipment !== null && (shipment.state === null || shipment.state === 'IN_TRANSIT');
}

/** The seller's or operator's answer, or the buyer's change of mind. Agreed on, the refund of that amount is decided. */
export function answerUnsubscription(
  line: Line,
  status: 'APPROVED' | 'REJECTED' | 'REFUSED' | 'WITHDRAWN',
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
  const asked = askedOf(line.state);
  line.state.unsubscription = { ...unsubscription, status };
  adjustClocks(line);
  const { amount } = unsubscription;
  if (status === 'WITHDRAWN') {
    const note = 'The buyer withdrew the unsubscription.';
    line.change({}, { by: by.role, command: 'withdraw-unsubscription', note });
    return line.mail('unsubscription-withdrawn', [asked], { amount });
  }
  const refused = status === 'REFUSED';
  const command = refused ? ('refuse-unsubscription' as const) : ('reject-unsubscription' as const);
  line.change({}, { by: by.role, command, note: words ?? '' });
  line.mail(refused ? 'unsubscription-refused' : 'unsubscription-rejected', ['buyer'], {
    ...{ amount, quote: words ?? null },
  });
}
