import { and, eq } from 'drizzle-orm';
import { defaultOrderLineId } from '../domain/ids';
import { ORDERED_ADDRESS, type Recipient } from '../domain/logistics';
import type { OrderBody } from '../domain/schemas/order';
import type { Database } from './connect';
import { decryptText, encryptText, type Place } from './encryption';
import type { Keyring } from './keyring';
import type { LineKey } from './order-lines';
import { recipients } from './schema';

/** One of the recipients of a line, as it is kept. */
export interface SealedRecipient extends LineKey {
  addressId: string;
  recipientEncrypted: string;
}

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
 */
export async function stashRecipient(
  db: Database,
  keys: Keyring,
  line: LineKey,
  addressId: string,
  recipient: Recipient,
): Promise<void> {
  const row = { ...sealed(keys, line, addressId, recipient), createdAt: Date.now() };
  await db.insert(recipients).values(row).onConflictDoNothing();
}

/** All recipients that the lines of an order ever had. */
export function recipientsOf(db: Database, orderId: string): Promise<SealedRecipient[]> {
  return db.select(COLUMNS).from(recipients).where(eq(recipients.orderId, orderId));
}

/** Reads one; throws as `decryptText` does. */
export function openRecipient(keys: Keyring, kept: SealedRecipient): Recipient {
  return JSON.parse(decryptText(keys, placeOf(kept, kept.addressId), kept.recipientEncrypted)) as Recipient;
}

/** Finds a line's recipient by the address's id: a `RecipientDirectory`. */
export function recipientDirectory(db: Database, keys: Keyring) {
  return {
    async find({ orderId, orderLineId }: LineKey, addressId: string): Promise<Recipient | undefined> {
      const [kept] = await db
        .select(COLUMNS)
        .from(recipients)
        .where(
          and(
            eq(recipients.orderId, orderId),
            eq(recipients.orderLineId, orderLineId),
            eq(recipients.addressId, addressId),
          ),
        );
      return kept && openRecipient(keys, kept);
    },
  };
}

const { orderId, orderLineId, addressId, recipientEncrypted } = recipients;
const COLUMNS = { orderId, orderLineId, addressId, recipientEncrypted };

function sealed(keys: Keyring, line: LineKey, address: string, { name, phone, address: where }: Recipient) {
  const text = JSON.stringify({ name, phone, address: where });
  return {
    orderId: line.orderId,
    orderLineId: line.orderLineId,
    addressId: address,
    recipientEncrypted: encryptText(keys, placeOf(line, address), text),
  };
}

function placeOf(line: LineKey, address: string): Place {
  return ['recipients', line.orderId, line.orderLineId, address, 'recipient'];
}
