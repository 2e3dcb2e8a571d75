import { and, eq, type SQL } from 'drizzle-orm';
import { defaultOrderLineId } from '../domain/ids';
import { ORDERED_ADDRESS, type Recipient } from '../domain/logistics';
import type { OrderBody } from '../domain/schemas/order';
import type { Database } from './connect';
import { decryptText, encryptText, type Place } from './encryption';
import type { Keyring } from './keyring';
import type { LineKey } from './order-lines';
import { recipients } from './schema';

/** The recipients that an order names for its goods, as rows under `ORDERED_ADDRESS`. */
export function recipientRows(keys: Keyring, body: OrderBody, createdAt: number) {
  const { orderId, lines } = body;
  return lines.flatMap(({ orderLineId = defaultOrderLineId(orderId), delivery, recipient }) =>
    delivery === 'hardware' && recipient
      ? [{ ...sealed(keys, { orderId, orderLineId }, ORDERED_ADDRESS, recipient), createdAt }]
      : [],
  );
}

/**
 * Keeps to whom the goods are to go instead, before the line is told the address's id: whether it counts is the
 * line's to say. The same id keeps what it was first.
 *
 * @returns whether it is new
 */
export async function stashRecipient(
  db: Database,
  keys: Keyring,
  line: LineKey,
  addressId: string,
  recipient: Recipient,
): Promise<boolean> {
  const row = { ...sealed(keys, line, addressId, recipient), createdAt: Date.now() };
  const { addressId: id } = recipients;
  return (await db.insert(recipients).values(row).onConflictDoNothing().returning({ id })).length > 0;
}

/** Forgets one that the line did not take. */
export async function dropRecipient(db: Database, line: LineKey, addressId: string): Promise<void> {
  await db.delete(recipients).where(isAt(line, addressId));
}

/** Finds a line's recipient by the address's id: a `RecipientDirectory`. Rejects as `decryptText` throws. */
export function recipientDirectory(db: Database, keys: Keyring) {
  return {
    async find(line: LineKey, addressId: string): Promise<Recipient | undefined> {
      const { recipientEncrypted: text } = recipients;
      const [kept] = await db.select({ text }).from(recipients).where(isAt(line, addressId));
      return kept && (JSON.parse(decryptText(keys, recipientPlace(line, addressId), kept.text)) as Recipient);
    },
  };
}

function isAt({ orderId, orderLineId }: LineKey, addressId: string): SQL | undefined {
  return and(
    eq(recipients.orderId, orderId),
    eq(recipients.orderLineId, orderLineId),
    eq(recipients.addressId, addressId),
  );
}

function sealed(keys: Keyring, line: LineKey, address: string, { name, phone, address: where }: Recipient) {
  const text = JSON.stringify({ name, phone, address: where });
  return {
    orderId: line.orderId,
    orderLineId: line.orderLineId,
    addressId: address,
    recipientEncrypted: encryptText(keys, recipientPlace(line, address), text),
  };
}

/** Where a recipient of a line is encrypted to. */
export function recipientPlace(line: LineKey, address: string): Place {
  return ['recipients', line.orderId, line.orderLineId, address, 'recipient'];
}
