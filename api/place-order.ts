import { getOrder, type RegisteredLine } from '../db/order-lines';
import { registerOrder } from '../db/orders';
import { getProduct } from '../db/products';
import type { OrderAnswer } from '../domain/answers';
import { StewardError } from '../domain/errors';
import type { OrderLineStart } from '../domain/order-line';
import type { Party } from '../domain/parties';
import type { Delivery, OrderBody } from '../domain/schemas/order';
import { flowOf, FLOWS, nodeOf } from '../workflows/flows';
import type { ApiContext } from './context';
import { linesOf, orderAnswer } from './read-order';
import { orderLineIdOf } from './schemas/order';

/** 201 for a new order, 200 for a repeated one, 202 when a line of it could not be started in time. */
export interface PlacedOrder {
  status: 200 | 201 | 202;
  order: OrderAnswer;
}

/**
 * Takes a paid order over (design §1): first into the registry, which keeps it whatever happens next, then
 * each line that never said anything is started or joined.
 *
 * @throws `ORDER_TYPE_NOT_SUPPORTED`, `DELIVERY_NOT_SUPPORTED`, `PRODUCT_NOT_READY`, `ORDER_CONFLICT`,
 * `ORDER_LINE_TAKEN`
 */
export async function placeOrder(api: ApiContext, party: Party, body: OrderBody): Promise<PlacedOrder> {
  const { orderId } = body;
  // An order that is known began with the products and rules of its day; only its body is compared.
  const known = await getOrder(api.database, orderId);
  const starts = known.length > 0 ? known.map(({ start }) => start) : await startsOf(api, body);
  const outcome = await registerOrder(api.database, api.keyring, { body, starts, begins });

  const lines = await linesOf(api, party, orderId);
  const answer = (shown: RegisteredLine[]) => orderAnswer(api, party, orderId, shown);
  // One with a view said so itself that it is under way.
  const silent = lines.filter(({ view }) => view.revision === 0);
  if (!(await openLines(api, silent))) return { status: 202, order: await answer(lines) };
  const now = silent.length > 0 ? await linesOf(api, party, orderId) : lines;
  return { status: outcome === 'new' ? 201 : 200, order: await answer(now) };
}

/** Whether all of them are under way then. */
async function openLines({ lines: service }: ApiContext, lines: RegisteredLine[]): Promise<boolean> {
  const opened = await Promise.all(lines.map(({ start }) => service.open(start)));
  return opened.every((state) => state === 'started');
}

async function startsOf(api: ApiContext, body: OrderBody): Promise<OrderLineStart[]> {
  const { orderType, bundle, lines } = body;
  if (orderType !== 'NEW') throw new StewardError('ORDER_TYPE_NOT_SUPPORTED', { orderType });
  const other = lines.find(({ delivery }) => FLOWS[delivery] === undefined);
  if (other) throw notSupported(other, 'ordered');
  // Its line could be unsubscribed neither alone nor with the others.
  const alone = bundle && lines.find(({ delivery }) => !flowOf(delivery).supervised);
  if (alone) throw notSupported(alone, 'part of a bundle');
  return Promise.all(lines.map((line) => startOf(api, body, line)));
}

async function startOf(
  { database, windows }: ApiContext,
  body: OrderBody,
  line: OrderBody['lines'][number],
): Promise<OrderLineStart> {
  const { orderId, orderType, site } = body;
  const { sellerId, productId, skuId, delivery, scene, trade, charging, amount, trial = false } = line;
  const { assetVersion } = line;
  const product = await getProduct(database, sellerId, productId);
  if (!product) throw notReady(line, 'it is not registered; PUT the seller and the product first');
  const { productionUrl } = product;
  if (delivery === 'saas' && productionUrl === null) throw notReady(line, 'saas needs its productionUrl');
  return {
    line: {
      ...{ orderId, orderLineId: orderLineIdOf(body, line), orderType, site },
      ...{ sellerId, buyerId: body.buyer.id, productId, skuId },
      ...{ delivery, charging, amount, trial },
      // Of images no seller is told (domain.md 1.11).
      notifies: productionUrl !== null && delivery !== 'image',
      ...(scene && { scene }),
      ...(trade && { trade }),
      ...(body.bundle && { bundle: true }),
      ...(assetVersion && { assetVersion }),
      feeRate: product.feeRate,
    },
    windows,
  };
}

function begins(delivery: Delivery) {
  const { start: node } = flowOf(delivery);
  return { node, waitingFor: nodeOf(flowOf(delivery), node).waitingFor };
}

function notSupported({ delivery }: OrderBody['lines'][number], what: string): StewardError {
  return new StewardError('DELIVERY_NOT_SUPPORTED', { delivery, what });
}

function notReady({ sellerId, productId }: OrderBody['lines'][number], reason: string): StewardError {
  return new StewardError('PRODUCT_NOT_READY', { sellerId, productId, reason });
}
