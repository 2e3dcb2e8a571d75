import type { RegisteredLine } from '../db/order-lines';
import type { OrderLineAnswer } from '../domain/answers';
import type { Command } from '../domain/commands';
import { StewardError } from '../domain/errors';
import { whyNoFiveDays } from '../domain/five-days';
import type { Party } from '../domain/parties';
import { withData } from './command-data';
import type { ApiContext } from './context';
import { lineAfter, linesOf } from './read-order';
import { viewFor } from './view';

/** A command of a party for one line; `orderLineId` may be left out for an order with one line. */
export interface GivenCommand {
  party: Party;
  orderId: string;
  orderLineId?: string;
  command: Command;
  /** Checked against the command's schema. */
  data: unknown;
  /** The same id takes effect once. */
  updateId: string;
}

/**
 * Gives a command to a line and answers with its new view. The line itself allows or refuses it; the
 * registry only tells why a line that runs no more does not answer.
 *
 * @throws `NOT_FOUND`, `LINE_REQUIRED`, `ORDER_ENDED`, `TRY_AGAIN`, and whatever the line refuses with
 */
export async function giveCommand(api: ApiContext, given: GivenCommand): Promise<OrderLineAnswer> {
  const { party, command, updateId } = given;
  const line = await findLine(api, given);
  const answer = await withData(api, line, given, async (data) => {
    const taken = await api.lines.command(line, command, { by: party, data }, updateId);
    if (taken === null) throw goneError(await findLine(api, given), command);
    return taken;
  });
  return viewFor(api, party, await lineAfter(api, party, line, answer));
}

async function findLine(api: ApiContext, { party, orderId, orderLineId, command }: GivenCommand) {
  const lines = await linesOf(api, party, orderId);
  if (orderLineId === undefined && lines.length > 1) {
    throw new StewardError('LINE_REQUIRED', { orderId, command });
  }
  const line = orderLineId === undefined ? lines[0] : lines.find((one) => one.orderLineId === orderLineId);
  if (!line) throw new StewardError('NOT_FOUND', { what: 'order line', id: orderLineId ?? orderId });
  return line;
}

/** Why a line that runs no more takes nothing. */
export function goneError({ orderLineId, start, view }: RegisteredLine, command?: Command): StewardError {
  const reason = command === 'unsubscribe' ? whyNoFiveDays(start.line, view) : undefined;
  if (reason) return new StewardError(reason.code, reason.params);
  return view.node === 'ENDED'
    ? new StewardError('ORDER_ENDED', { orderLineId })
    : new StewardError('TRY_AGAIN');
}
