import { and, eq } from 'drizzle-orm';
import type { Database } from './connect';
import { openContact } from './contacts';
import type { Keyring } from './keyring';
import { getProduct } from './products';
import { orderLines, sellers } from './schema';

/** Whom mails go to and what they are about: a `MailDirectory`. */
export function mailDirectory(db: Database, keys: Keyring) {
  return {
    async seller(sellerId: string) {
      const { email, language } = sellers;
      const [seller] = await db.select({ email, language }).from(sellers).where(eq(sellers.id, sellerId));
      return seller;
    },
    /** The buyer as the order's line names it; throws as `decryptText` does. */
    async buyer(orderId: string, orderLineId: string) {
      const [line] = await db
        .select({ contactEncrypted: orderLines.contactEncrypted })
        .from(orderLines)
        .where(and(eq(orderLines.orderId, orderId), eq(orderLines.id, orderLineId)));
      if (!line) return undefined;
      const { email, language } = openContact(keys, { orderId, orderLineId, ...line });
      return { email, language };
    },
    async productName(sellerId: string, productId: string) {
      return (await getProduct(db, sellerId, productId))?.name;
    },
  };
}
