import { and, asc, eq } from 'drizzle-orm';
import type { LineView } from '../domain/order-line';
import type { Database } from './connect';
import type { LineKey } from './order-lines';
import { shipments } from './schema';

/** Keeps which parcel a line has now, as its newest view says; null is none, also after a rejected delivery. */
export async function saveShipment(
  db: Database,
  { orderId, orderLineId }: LineKey,
  { shipment }: Pick<LineView, 'shipment'>,
): Promise<void> {
  const line = and(eq(shipments.orderId, orderId), eq(shipments.orderLineId, orderLineId));
  if (!shipment) {
    await db.delete(shipments).where(line);
    return;
  }
  const { carrier, trackingNumber } = shipment;
  await db
    .insert(shipments)
    .values({ orderId, orderLineId, carrier, trackingNumber })
    .onConflictDoUpdate({
      target: [shipments.orderId, shipments.orderLineId],
      set: { carrier, trackingNumber },
    });
}

/** The lines whose goods are in a parcel: several when their seller sent them together. */
export function findShipments(db: Database, carrier: string, trackingNumber: string): Promise<LineKey[]> {
  const { orderId, orderLineId } = shipments;
  return db
    .select({ orderId, orderLineId })
    .from(shipments)
    .where(and(eq(shipments.carrier, carrier), eq(shipments.trackingNumber, trackingNumber)))
    .orderBy(asc(orderId), asc(orderLineId));
}
