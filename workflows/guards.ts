import { COMMANDS, type Command } from '../domain/commands';
import { formatMoney } from '../domain/money';
import type { Allowed, CommandRequest, OrderLine } from '../domain/order-line';
import type { Party, Role } from '../domain/parties';
import type { CommandBody } from '../domain/schemas/commands';
import { formatTime } from '../domain/time';
import type { Windows } from '../domain/windows';
import { SAAS_FLOW } from './flows/saas';
import { refusal } from './refusal';
import type { LineState } from './state';

/** What is possible now, and for whom: the view's `allowed`. */
export function allowed(state: LineState): Allowed[] {
  return SAAS_FLOW[state.node].commands.map((command) => ({ command, roles: COMMANDS[command] }));
}

/** Who may: role and party. The API has checked it before; the workflow does not rely on that. */
export function checkParty(order: OrderLine, command: Command, by: Party): void {
  const roles: readonly Role[] = COMMANDS[command];
  if (!roles.includes(by.role)) {
    throw refusal('FORBIDDEN', { role: by.role, roles: roles.join(', ') });
  }
  if (by.role === 'seller' && by.sub !== order.sellerId) {
    throw refusal('NOT_FOUND', { what: 'order line', id: order.orderLineId });
  }
}

/** Whether the command is possible in this node; throws the refusal. */
export function checkNode(order: OrderLine, state: LineState, command: Command): void {
  if (state.node === 'ENDED') throw refusal('ORDER_ENDED', { orderLineId: order.orderLineId });
  const { commands } = SAAS_FLOW[state.node];
  if (commands.includes(command)) return;
  throw refusal('NOT_ALLOWED_NOW', { command, node: state.node, allowed: commands.join(', ') || 'nothing' });
}

/** `restart-call`: the activity that is due here, none running, and not too often. */
export function checkRestart(
  state: LineState,
  windows: Windows,
  request: CommandRequest<CommandBody<'restart-call'>>,
  now: number,
): void {
  const due = SAAS_FLOW[state.node].restarts;
  const { activity } = request.data;
  if (due !== undefined && activity !== undefined && activity !== due) {
    throw refusal('WRONG_ACTIVITY', { node: state.node, due, activity });
  }
  if (state.calling !== null || state.restart) throw refusal('CALL_IN_PROGRESS');
  const recent = state.restarts.filter((at) => at > now - windows.restartPeriod);
  const [oldest] = recent;
  if (oldest !== undefined && recent.length >= windows.restartCalls) {
    const at = formatTime(oldest + windows.restartPeriod);
    throw refusal('TOO_MANY_RESTARTS', { n: windows.restartCalls, at });
  }
}

/** `close`: never more than was paid, and in its currency. */
export function checkClose(order: OrderLine, request: CommandRequest<CommandBody<'close'>>): void {
  const { refund } = request.data;
  if (refund.currency !== order.amount.currency) {
    throw refusal('CURRENCY_MISMATCH', { paid: order.amount.currency, asked: refund.currency });
  }
  if (refund.minor > order.amount.minor) {
    throw refusal('REFUND_TOO_LARGE', { paid: formatMoney(order.amount), asked: formatMoney(refund) });
  }
}
