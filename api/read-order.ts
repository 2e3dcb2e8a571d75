import { getOrder, type LineKey, type RegisteredLine } from '../db/order-lines';
import type { OrderAnswer } from '../domain/answers';
import { StewardError } from '../domain/errors';
import type { UpdateAnswer } from '../domain/order-line';
import type { Party } from '../domain/parties';
import { inScope, scopeOf } from './access';
import type { ApiContext } from './context';
import { readAfter } from './registry-read';
import { viewFor } from './view';

/**
 * The lines of an order that a party may see, each with the newest view that its workflow wrote. No query is asked: one
 * that meets a busy line can break its history (docs/reliability.md). Rejects with `NOT_FOUND` for none.
 */
export async function linesOf(
  { database }: Pick<ApiContext, 'database'>,
  party: Party,
  orderId: string,
): Promise<RegisteredLine[]> {
  const scope = scopeOf(party);
  const lines = (await getOrder(database, orderId)).filter(({ start }) => inScope(start.line, scope));
  if (lines.length === 0) throw new StewardError('NOT_FOUND', { what: 'order', id: orderId });
  return lines;
}

/** A line after it answered a command. */
export async function lineAfter(
  api: Pick<ApiContext, 'database'>,
  party: Party,
  line: LineKey,
  { revision, status, node, waitingFor }: UpdateAnswer,
): Promise<RegisteredLine> {
  const read = async () => {
    const lines = await linesOf(api, party, line.orderId);
    const now = lines.find(({ orderLineId }) => orderLineId === line.orderLineId);
    if (!now) throw new StewardError('NOT_FOUND', { what: 'order line', id: line.orderLineId });
    return now;
  };
  return readAfter({ revision, status, node, waitingFor }, read);
}

/** The lines as the answer for a party. */
export async function orderAnswer(
  api: Pick<ApiContext, 'database' | 'keyring'>,
  party: Party,
  orderId: string,
  lines: RegisteredLine[],
): Promise<OrderAnswer> {
  return { orderId, lines: await Promise.all(lines.map((line) => viewFor(api, party, line))) };
}
