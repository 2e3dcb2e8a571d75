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
  return possible(state).map((command) => ({ command, roles: COMMANDS[command] }));
}

/** What an operator asked of a stuck refund is carried out before anything else is taken. */
function possible({ node, undo }: LineState): readonly Command[] {
  return undo?.asked == null ? SAAS_FLOW[node].commands : [];
}

/** Commands come from the Temporal UI and CLI too, past the API's schemas. */
export function checkShape(request: Partial<CommandRequest> | undefined): void {
  const { by, data } = request ?? {};
  if (typeof by?.role === 'string' && typeof by.sub === 'string' && typeof data === 'object' && data) return;
  throw refusal('INVALID_REQUEST', { problems: '{by: {role, sub}, data: {…}} is needed' });
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
  const commands = possible(state);
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
  if (!Number.isSafeInteger(refund?.minor) || refund.minor < 0) {
    throw refusal('INVALID_REQUEST', { problems: 'refund.minor: a whole number, 0 or more' });
  }
  if (refund.currency !== order.amount.currency) {
    throw refusal('CURRENCY_MISMATCH', { paid: order.amount.currency, asked: refund.currency });
  }
  if (refund.minor > order.amount.minor) {
    throw refusal('REFUND_TOO_LARGE', { paid: formatMoney(order.amount), asked: formatMoney(refund) });
  }
}

/** What people wrote with a command. */
export function checkText(data: Record<string, unknown>, field: string): void {
  const text = data[field];
  if (typeof text === 'string' && text.trim() !== '' && text.length <= 500) return;
  throw refusal('INVALID_REQUEST', { problems: `${field}: a sentence of 1 to 500 characters` });
}
