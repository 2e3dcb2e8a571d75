import type { BuyerContact } from '../domain/answers';
import type { OrderBody } from '../domain/schemas/order';
import { decryptText, encryptText, linePlace } from './encryption';
import type { Keyring } from './keyring';
import type { LineKey } from './order-lines';

/** Encrypts the buyer's contact for one line's row. */
export function sealContact(keys: Keyring, line: LineKey, buyer: OrderBody['buyer']): string {
  const { name, email, phone, language } = buyer;
  return encryptText(keys, linePlace(line, 'contact'), JSON.stringify({ name, email, phone, language }));
}

/** Reads the contact out of a line of `getOrder` or `listLines`. */
export function openContact(keys: Keyring, line: LineKey & { contactEncrypted: string }): BuyerContact {
  return JSON.parse(decryptText(keys, linePlace(line, 'contact'), line.contactEncrypted)) as BuyerContact;
}
