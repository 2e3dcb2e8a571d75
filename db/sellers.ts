import { eq } from 'drizzle-orm';
import type { SellerBody } from '../domain/schemas/catalog';
import type { Database } from './connect';
import { decryptText, encryptText, type Place } from './encryption';
import type { Keyring } from './keyring';
import { sellers } from './schema';

/**
 * Makes or replaces a seller. A changed access key keeps the one before as the previous key, which
 * `sellerDirectory` gives out for 24 h; the same key again leaves the previous one and its time alone.
 */
export async function putSeller(db: Database, keys: Keyring, id: string, body: SellerBody): Promise<void> {
  const { accessKey, ...open } = body;
  const fresh = { ...open, accessKeyEncrypted: encryptText(keys, accessKeyPlace(id), accessKey) };
  await db.transaction(async (tx) => {
    const row = { id, ...fresh, keyChangedAt: Date.now() };
    const made = await tx.insert(sellers).values(row).onConflictDoNothing().returning({ id: sellers.id });
    if (made.length > 0) return;
    const [before] = await tx.select().from(sellers).where(eq(sellers.id, id)).for('update');
    const keyBefore = before && decryptText(keys, accessKeyPlace(id), before.accessKeyEncrypted);
    const changed = keyBefore !== undefined && keyBefore !== accessKey;
    const change = changed ? keyChange(keys, id, keyBefore) : {};
    await tx
      .update(sellers)
      .set({ ...fresh, ...change })
      .where(eq(sellers.id, id));
  });
}

/** A seller without its keys; undefined for an unknown one. */
export async function getSeller(db: Database, sellerId: string) {
  const { id, name, email, language } = sellers;
  const [seller] = await db.select({ id, name, email, language }).from(sellers).where(eq(id, sellerId));
  return seller;
}

/** Where a seller's newest key is encrypted to. */
export const accessKeyPlace = (sellerId: string): Place => ['sellers', sellerId, 'access_key'];
/** Where the key before it is encrypted to. */
export const previousAccessKeyPlace = (sellerId: string): Place => [
  'sellers',
  sellerId,
  'previous_access_key',
];

function keyChange(keys: Keyring, id: string, keyBefore: string) {
  return {
    previousAccessKeyEncrypted: encryptText(keys, previousAccessKeyPlace(id), keyBefore),
    keyChangedAt: Date.now(),
  };
}
