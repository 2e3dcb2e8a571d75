import type { RegisteredLine } from '../db/order-lines';
import type { OrderAnswer } from '../domain/answers';
import { StewardError } from '../domain/errors';
import type { Party } from '../domain/parties';
import type { BundleRequestBody } from '../domain/schemas/commands';
import type { ApiContext } from './context';
import { linesOf, orderAnswer } from './read-order';

/** What a buyer asks of a bundle as a whole (domain.md 3.1). */
interface Given {
  party: Party;
  orderId: string;
  /** The same id takes effect once. */
  updateId: string;
}

/** Whether an order is unsubscribed as a whole only. */
export async function isBundle(api: ApiContext, party: Party, orderId: string): Promise<boolean> {
  const [line] = await linesOf(api, party, orderId);
  return line?.start.line.bundle === true;
}

/**
 * Asks to unsubscribe every line of a bundle, and answers with all of them. One line that refuses frees the others.
 *
 * @throws `INVALID_REQUEST` unless every line is named once; what the line refuses with, its id in the detail
 */
export async function requestBundle(
  api: ApiContext,
  { party, orderId, updateId }: Given,
  { lines: asked, ...wish }: BundleRequestBody,
): Promise<OrderAnswer> {
  const lines = await linesOf(api, party, orderId);
  checkAllNamed(lines, asked);
  for (const { orderLineId, view } of lines) {
    if (view.node === 'ENDED') throw new StewardError('ORDER_ENDED', { orderLineId, line: orderLineId });
  }
  const request = {
    ...{ requestId: updateId, orderId, buyerId: party.sub, reason: wish.reason },
    ...(wish.received !== undefined && { received: wish.received }),
    lines: lines.map(({ orderLineId, start }) => {
      const { amount = start.line.amount } = asked.find((one) => one.orderLineId === orderLineId) ?? {};
      return { orderLineId, sellerId: start.line.sellerId, amount };
    }),
  };
  await api.lines.requestBundle(request).catch(keep);
  return read(api, party, orderId);
}

/** All lines were asked: the same request under the same key, sent late, must not find them of another mind. */
function keep(refused: unknown): never {
  if (!(refused instanceof StewardError) || refused.status >= 500) throw refused;
  throw new StewardError(refused.code, refused.params, { cause: refused, remembered: true });
}

/**
 * Takes the request back for all lines. A repetition, its answer lost, finds it done; but of a request that was taken
 * back before any seller was asked the lines know nothing, and it is refused as if nothing had been asked for.
 *
 * @throws `NOT_ALLOWED_NOW` when nothing is asked for
 */
export async function withdrawBundle(
  api: ApiContext,
  { party, orderId, updateId }: Given,
): Promise<OrderAnswer> {
  const lines = await linesOf(api, party, orderId);
  const withdrawn = await api.lines.withdrawBundle(orderId, party, updateId);
  const order = await read(api, party, orderId);
  const done = order.lines.every(({ unsubscription }) => unsubscription?.status === 'WITHDRAWN');
  if (withdrawn !== null || done) return order;
  const { node } = lines[0]?.view ?? {};
  const params = { node: node ?? '', allowed: 'nothing of the whole order' };
  throw new StewardError('NOT_ALLOWED_NOW', { command: 'withdraw-unsubscription', ...params });
}

function checkAllNamed(lines: RegisteredLine[], asked: BundleRequestBody['lines']): void {
  const ids = lines.map(({ orderLineId }) => orderLineId).sort();
  const named = asked.map(({ orderLineId }) => orderLineId).sort();
  if (ids.length === named.length && ids.every((id, n) => id === named[n])) return;
  throw new StewardError('INVALID_REQUEST', {
    problems: `body.lines: a bundle is unsubscribed as a whole; name each of its lines once: ${ids.join(', ')}`,
  });
}

async function read(api: ApiContext, party: Party, orderId: string): Promise<OrderAnswer> {
  return orderAnswer(api, party, orderId, await linesOf(api, party, orderId));
}
