import { BILL_COMMAND_NAMES, type BillCommand } from './commands';
import { stepOf, type BillFlow } from './flows';
import type { BillNode } from './nodes';

/** What decides where a command leads. */
export interface BillPosition {
  node: BillNode;
  /** With all adjustments. */
  payableMinor: number;
}

/** Nothing follows. */
export function isBillEnd(flow: BillFlow, node: BillNode): boolean {
  const { moves, passesTo } = stepOf(flow, node);
  return moves === undefined && passesTo === undefined;
}

/** Where a command leads; the same node when it only notes something, null when it is not possible. */
export function next(
  flow: BillFlow,
  { node, payableMinor }: BillPosition,
  command: BillCommand,
): BillNode | null {
  const { moves = {}, stays = [] } = stepOf(flow, node);
  const to = moves[command];
  if (to !== undefined) return stepOf(flow, to).needsMoney && payableMinor === 0 ? 'SETTLED' : to;
  // A seller may ask as long as it has something to wait for.
  const asks = command === 'ask-progress' && !isBillEnd(flow, node);
  return asks || stays.includes(command) ? node : null;
}

/** The commands that a node takes. */
export function commandsIn(flow: BillFlow, position: BillPosition): BillCommand[] {
  return BILL_COMMAND_NAMES.filter((command) => next(flow, position, command) !== null);
}
