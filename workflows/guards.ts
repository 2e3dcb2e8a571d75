import { COMMAND_NAMES, COMMANDS, type Command } from '../domain/commands';
import type { ErrorCode, ErrorParams } from '../domain/errors';
import type { Allowed } from '../domain/order-line';
import type { Role } from '../domain/parties';
import { whyNoFiveDays } from '../domain/five-days';
import { formatTime } from '../domain/time';
import type { Line } from './line';
import type { LineState } from './state';

/** Why a command is not possible now, for a role that may give it in general. */
export interface Reason {
  code: ErrorCode;
  params?: ErrorParams;
}

type Guard = (line: Line, command: Command, role: Role) => Reason | undefined;

/** What parties negotiate beside the flow. */
export const NEGOTIATED: readonly Command[] = [
  'request-unsubscription',
  'approve-unsubscription',
  'reject-unsubscription',
  'withdraw-unsubscription',
  'open-appeal',
  'resolve-appeal',
];

/**
 * The rules of what is possible, in the order in which a refusal names them. They read the state only, so that
 * the view's `allowed` and the validators say the same.
 */
const GUARDS: readonly Guard[] = [
  function noFiveDays({ order, state }, command) {
    return command === 'unsubscribe' ? whyNoFiveDays(order, state) : undefined;
  },
  function ended({ state, order }) {
    if (state.node === 'ENDED') return { code: 'ORDER_ENDED', params: { orderLineId: order.orderLineId } };
  },
  function notSupervised({ flow, order }, command) {
    if (flow.supervised || !NEGOTIATED.includes(command)) return;
    return { code: 'NOT_SUPERVISED', params: { delivery: order.delivery } };
  },
  /** An open appeal freezes the flow, a review too, and whatever both sides may do (domain.md 2.0). */
  function appealOpen({ state, here }, command, role) {
    if (state.appeal?.status !== 'OPEN') return;
    const moves = Object.hasOwn(here.moves ?? {}, command);
    if (moves || role === 'buyer' || role === 'seller') return { code: 'APPEAL_OPEN' };
  },
  function refundDecided({ state }, command) {
    if (state.undo && NEGOTIATED.includes(command)) return { code: 'REFUND_DECIDED' };
  },
  /** What would end the buyer's right to what it just asked for waits for the seller's answer (design §3). */
  function unsubscriptionPending({ state }, command) {
    if (!isPending(state)) return;
    const waits: readonly Command[] = ['accept', 'claim-license', 'request-unsubscription', 'unsubscribe'];
    const { id } = state.unsubscription;
    if (waits.includes(command)) return { code: 'UNSUBSCRIPTION_PENDING', params: { id, command } };
  },
  function trial({ order }, command) {
    if (order.trial && command === 'request-unsubscription') return { code: 'TRIAL_NOT_REFUNDABLE' };
  },
  /** From the claim on there is no unsubscription (domain.md 2.4). */
  function claimed({ state }, command) {
    const at = state.license?.claimedAt;
    if (command !== 'request-unsubscription' || at == null) return;
    return { code: 'LICENSE_CLAIMED', params: { at: formatTime(at) } };
  },
  function notHere(line, command) {
    if (possibleHere(line, command)) return;
    const { state } = line;
    const others = COMMAND_NAMES.filter((other) => possibleHere(line, other));
    const params = { command, node: state.node, allowed: others.join(', ') || 'nothing' };
    return { code: 'NOT_ALLOWED_NOW', params };
  },
];

/** Why a command is refused to this role; undefined when it is possible. */
export function whyNot(line: Line, command: Command, role: Role): Reason | undefined {
  for (const guard of GUARDS) {
    const reason = guard(line, command, role);
    if (reason) return reason;
  }
  return undefined;
}

/** What is possible now, and for whom: the view's `allowed`. */
export function allowed(line: Line): Allowed[] {
  return COMMAND_NAMES.flatMap((command) => {
    const roles = COMMANDS[command].filter((role) => whyNot(line, command, role) === undefined);
    return roles.length > 0 ? [{ command, roles }] : [];
  });
}

/** Whether an unsubscription waits for an answer. */
export function isPending(
  state: LineState,
): state is LineState & { unsubscription: { status: 'REQUESTED' } } {
  return state.unsubscription?.status === 'REQUESTED';
}

/** When what is beside the flow is possible; everything else is as the node says. */
const BESIDE_THE_FLOW: Partial<Record<Command, (line: Line) => boolean>> = {
  'request-unsubscription': ({ state }) => !isPending(state),
  'approve-unsubscription': ({ state }) => isPending(state),
  'reject-unsubscription': ({ state }) => isPending(state),
  'withdraw-unsubscription': ({ state }) => isPending(state),
  'open-appeal': ({ state }) => state.appeal?.status !== 'OPEN',
  'resolve-appeal': ({ state }) => state.appeal?.status === 'OPEN',
  'restart-call': ({ state }) => state.notify?.status === 'EXCEPTION',
};

/** Whether the flow, or what is negotiated, has a use for the command now. */
function possibleHere(line: Line, command: Command): boolean {
  const { undo } = line.state;
  // What an operator asked of a stuck refund is carried out before anything else is taken.
  if (undo !== null && undo.asked !== null) return false;
  const beside = BESIDE_THE_FLOW[command];
  if (beside && line.flow.supervised) return undo === null && beside(line);
  const { commands = [], moves = {} } = line.here;
  return commands.includes(command) || Object.hasOwn(moves, command);
}
