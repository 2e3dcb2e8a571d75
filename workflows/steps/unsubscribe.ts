import { unsubscriptionId } from '../../domain/ids';
import { formatMoney, type Money } from '../../domain/money';
import type { Command } from '../../domain/commands';
import type { Unsubscription } from '../../domain/order-line';
import type { Role } from '../../domain/parties';
import { settleDisputes } from '../disputes';
import type { Line } from '../line';
import type { Undo } from '../state';

interface Decision {
  outcome: Undo['outcome'];
  amount: Money;
  /** What the buyer had asked for and the seller agreed to; otherwise the unsubscription begins here. */
  agreed?: Unsubscription;
  by?: Role;
  command?: Command;
}

/**
 * The one undo of a line (design §6, "Giving up"): decides that money goes back. From here on nothing
 * is delivered; `refund.ts` pays, then `release.ts` takes the instance away. There is no way back, and
 * a second decision is impossible.
 *
 * @param reason for the buyer and the platform
 * @param decision default: unsubscribed by Steward itself, in full
 */
export function unsubscribe(
  line: Line,
  reason: string,
  decision: Decision = { outcome: 'UNSUBSCRIBED', amount: line.order.amount },
): void {
  const { state, order, windows } = line;
  const { outcome, amount, agreed, ...story } = decision;
  const stuckAt = Date.now() + windows.refundStuck;
  if (agreed) state.unsubscription = { ...agreed, status: 'APPROVED' };
  else state.unsubscriptions += 1;
  settleDisputes(line, reason);
  const id = agreed?.id ?? unsubscriptionId(order.orderLineId, state.unsubscriptions);
  state.undo = {
    outcome,
    unsubscription: { id, status: 'APPROVED', amount, reason },
    stuckAt,
    refused: null,
    asked: null,
  };
  line.change(
    { node: 'REFUNDING', dueAt: stuckAt },
    { ...story, note: `${reason}. ${formatMoney(amount)} is refunded.` },
  );
}
