import { and, eq } from 'drizzle-orm';
import { StewardError } from '../domain/errors';
import type { Database } from './connect';
import { decryptText } from './encryption';
import type { Keyring } from './keyring';
import { products, sellers } from './schema';
import { accessKeyPlace, previousAccessKeyPlace } from './sellers';

/** How long after a change the key before is still tried (design §6). */
const PREVIOUS_KEY_LIVES_MS = 24 * 3_600_000;

/** Looks up, at each call, where a seller's product is opened and with which keys: a `SellerDirectory`. */
export function sellerDirectory(db: Database, keys: Keyring) {
  return {
    /** Rejects with `PRODUCT_NOT_READY`. The previous key is there while a change is younger than 24 h. */
    async find(sellerId: string, productId: string) {
      const [row] = await db
        .select()
        .from(products)
        .innerJoin(sellers, eq(sellers.id, products.sellerId))
        .where(and(eq(products.sellerId, sellerId), eq(products.id, productId)));
      if (!row) throw notReady(sellerId, productId, 'is not known');
      const { sellers: seller, products: product } = row;
      if (product.productionUrl === null) throw notReady(sellerId, productId, 'has no productionUrl');
      const previous = seller.previousAccessKeyEncrypted;
      const previousLives = Date.now() - seller.keyChangedAt < PREVIOUS_KEY_LIVES_MS;
      return {
        productionUrl: product.productionUrl,
        accessKey: decryptText(keys, accessKeyPlace(sellerId), seller.accessKeyEncrypted),
        ...(previous !== null &&
          previousLives && {
            previousAccessKey: decryptText(keys, previousAccessKeyPlace(sellerId), previous),
          }),
      };
    },
  };
}

function notReady(sellerId: string, productId: string, reason: string): StewardError {
  return new StewardError('PRODUCT_NOT_READY', { sellerId, productId, reason });
}
