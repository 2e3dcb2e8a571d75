import { eq } from 'drizzle-orm';
import { StewardError } from '../domain/errors';
import type { LineView, OrderLineStart } from '../domain/order-line';
import type { Delivery, OrderBody } from '../domain/schemas/order';
import { canonicalHash } from './canonical-hash';
import type { Database } from './connect';
import { sealContact } from './contacts';
import type { Keyring } from './keyring';
import { recipientRows } from './recipients';
import { orderLines, orders, recipients } from './schema';
import { columnsOf, startingView } from './views';

/** An order to be registered: the platform's body, and what each of its lines starts with. */
export interface OrderRegistration {
  body: OrderBody;
  starts: OrderLineStart[];
  /** Where a line of a delivery kind stands before its workflow has said anything. */
  begins: (delivery: Delivery) => Pick<LineView, 'node' | 'waitingFor'>;
}

/**
 * Writes an order with its lines, all or nothing, before any line is started. Decides for ever, also among
 * requests at the same time, whether a trigger is new or repeats the first one: the hash of its body tells.
 *
 * @throws `ORDER_CONFLICT` when the order came before with another body; `ORDER_LINE_TAKEN` when a line id
 * is used by another order or twice
 */
export async function registerOrder(
  db: Database,
  keys: Keyring,
  { body, starts, begins }: OrderRegistration,
): Promise<'new' | 'repeated'> {
  const { orderId, site, orderType } = body;
  const bodySha256 = canonicalHash(body);
  const createdAt = Date.now();
  // Sorted: two orders with the same line ids wait for each other in one direction only.
  const lines = starts
    .map((start) => ({
      ...columnsOf(startingView(begins(start.line.delivery))),
      view: null,
      ...lineRow(keys, body, start),
      createdAt,
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return db.transaction(async (tx) => {
    const order = { id: orderId, bodySha256, site, orderType, createdAt };
    // A request at the same time waits here until the first one is written or given up.
    const made = await tx.insert(orders).values(order).onConflictDoNothing().returning({ id: orders.id });
    if (made.length === 0) {
      const [before] = await tx.select().from(orders).where(eq(orders.id, orderId));
      if (before?.bodySha256 !== bodySha256) throw new StewardError('ORDER_CONFLICT', { orderId });
      return 'repeated';
    }
    const added = await tx
      .insert(orderLines)
      .values(lines)
      .onConflictDoNothing()
      .returning({ id: orderLines.id });
    if (added.length < lines.length) throw new StewardError('ORDER_LINE_TAKEN', { orderId });
    const goTo = recipientRows(keys, body, createdAt);
    if (goTo.length > 0) await tx.insert(recipients).values(goTo);
    return 'new';
  });
}

function lineRow(keys: Keyring, body: OrderBody, start: OrderLineStart) {
  const { orderId, orderLineId: id, sellerId, buyerId, productId, skuId, delivery, amount } = start.line;
  return {
    ...{ orderId, id, sellerId, buyerId, productId, skuId, delivery },
    amountCurrency: amount.currency,
    amountMinor: amount.minor,
    credit: body.buyer.credit ?? false,
    contactEncrypted: sealContact(keys, start.line, body.buyer),
    start,
  };
}
