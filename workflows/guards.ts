import { COMMAND_NAMES, COMMANDS, type Command } from '../domain/commands';
import type { ErrorCode, ErrorParams } from '../domain/errors';
import type { Allowed } from '../domain/order-line';
import type { Role } from '../domain/parties';
import { whyNoFiveDays } from '../domain/five-days';
import { formatTime } from '../domain/time';
import { isHeld, isLocked, isPending } from './disputes';
import type { LineState } from './state';
import type { Line } from './line';

/** Why a command is not possible now, for a role that may give it in general. */
export interface Reason {
  code: ErrorCode;
  params?: ErrorParams;
}

type Guard = (line: Line, command: Command, role: Role) => Reason | undefined;

/** What an operator answers before the seller does when goods are in transit (domain.md 3.1). */
export const IN_TRANSIT: readonly Command[] = ['confirm-unsubscription', 'refuse-unsubscription'];

/** What parties negotiate beside the flow. */
export const NEGOTIATED: readonly Command[] = [
  'request-unsubscription',
  ...IN_TRANSIT,
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
  /** All lines of a bundle are about to be refunded, or none (domain.md 3.1): nothing comes in between. */
  function bundleDeciding({ state }) {
    if (isLocked(state)) return { code: 'BUNDLE_DECIDING' };
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
  /** What would end the buyer's right to what it just asked for waits for the answer (design §3). */
  function unsubscriptionPending({ state, order }, command) {
    if (!isHeld(state)) return;
    const waits: readonly Command[] = [
      'accept',
      'claim-license',
      'request-unsubscription',
      'remind-buyer',
      'unsubscribe',
    ];
    const id = isPending(state) ? state.unsubscription.id : order.orderId;
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
  /** A call that runs, or is about to, is waited for. In a supervised delivery that is `orderNotify`, beside the flow. */
  function callInProgress({ flow, state }, command) {
    if (command !== 'restart-call') return;
    const notifies = flow.supervised && !state.undo;
    const running = notifies ? state.notify?.status === 'CALLING' : state.calling !== null || state.restart;
    if (running) return { code: 'CALL_IN_PROGRESS' };
  },
];

/** The last of the rules: the node has no use for the command. */
function notHere(line: Line, command: Command): Reason | undefined {
  if (possibleHere(line, command)) return;
  const others = COMMAND_NAMES.filter((other) => possibleHere(line, other));
  const params = { command, node: line.state.node, allowed: others.join(', ') || 'nothing' };
  return { code: 'NOT_ALLOWED_NOW', params };
}

/** What a bundle does as a whole only (domain.md 3.1); its lines take these from its own workflow. */
const BUNDLE_ONLY: readonly Command[] = ['request-unsubscription', 'withdraw-unsubscription'];

/** Why a command is refused to this role; undefined when it is possible. */
export function whyNot(line: Line, command: Command, role: Role): Reason | undefined {
  const { bundle, orderId } = line.order;
  if (bundle && BUNDLE_ONLY.includes(command)) return { code: 'BUNDLE_ONLY', params: { orderId, command } };
  return whyNotInBundle(line, command, role);
}

/** The same of what the workflow of a bundle asks for. */
export function whyNotInBundle(line: Line, command: Command, role: Role): Reason | undefined {
  for (const guard of GUARDS) {
    const reason = guard(line, command, role);
    if (reason) return reason;
  }
  return notHere(line, command);
}

/** What is possible now, and for whom: the view's `allowed`. */
export function allowed(line: Line): Allowed[] {
  // Few are possible, and why the others are not is asked for no view.
  return COMMAND_NAMES.filter((command) => possibleHere(line, command)).flatMap((command) => {
    const roles = COMMANDS[command].filter((role) => whyNot(line, command, role) === undefined);
    return roles.length > 0 ? [{ command, roles }] : [];
  });
}

/** Whether the seller has not answered yet; in a bundle it may have, while others have not. */
function awaitsSeller({ unsubscription }: LineState): boolean {
  return unsubscription?.status === 'REQUESTED' && unsubscription.agreed !== true;
}

/** When what is beside the flow is possible; everything else is as the node says. */
const BESIDE_THE_FLOW: Partial<Record<Command, (line: Line) => boolean>> = {
  'request-unsubscription': ({ state }) => !isHeld(state),
  'confirm-unsubscription': ({ state }) => state.unsubscription?.status === 'OPERATOR_CONFIRMING',
  'refuse-unsubscription': ({ state }) => state.unsubscription?.status === 'OPERATOR_CONFIRMING',
  'approve-unsubscription': ({ state }) => awaitsSeller(state),
  'reject-unsubscription': ({ state }) => awaitsSeller(state),
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
