import { StewardError } from '../domain/errors';
import type { Keyring } from './keyring';
import type { LineKey } from './order-lines';

/** Table, primary key and column of an encrypted text. It decrypts in this place only: rows cannot be swapped. */
export type Place = readonly [table: string, ...keyThenColumn: string[]];

/** The place of a column of an order line's row. */
export function linePlace({ orderId, orderLineId }: LineKey, column: string): Place {
  return ['order_lines', orderId, orderLineId, column];
}

/** Encrypts a text for one column of one row: `<key id>:<base64url>`. */
export function encryptText(keys: Keyring, place: Place, text: string): string {
  const { keyId, sealed } = keys.encrypt(Buffer.from(text), contextOf(place));
  return `${keyId}:${sealed.toString('base64url')}`;
}

/** Undoes `encryptText`; throws `DECRYPTION_FAILED` for a changed or moved text, `KEY_UNKNOWN` for a missing key. */
export function decryptText(keys: Keyring, place: Place, stored: string): string {
  const [keyId, sealed] = stored.split(':');
  if (!keyId || !sealed) throw new StewardError('DECRYPTION_FAILED', { what: contextOf(place) });
  return keys.decrypt(keyId, Buffer.from(sealed, 'base64url'), contextOf(place)).toString();
}

/** JSON keeps `['a/b', 'c']` and `['a', 'b/c']` apart. */
function contextOf(place: Place): string {
  return JSON.stringify(place);
}
