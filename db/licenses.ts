import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from './connect';
import { decryptText, encryptText, type Place } from './encryption';
import type { Keyring } from './keyring';
import { newLicenseCode, readLicenseCode } from './license-code';
import type { LineKey } from './order-lines';
import { licenses } from './schema';

/** Makes licence codes (domain.md 2.4), one for an order line and for ever the same: a `LicenseStore`. */
export function licenseStore(db: Database, keys: Keyring) {
  return {
    async issue({ orderId, orderLineId, sellerId }: LineKey & { sellerId: string }): Promise<void> {
      const line = { orderId, orderLineId };
      await db
        .insert(licenses)
        .values({ ...line, sellerId, ...sealLicense(keys, line, newLicenseCode()), createdAt: Date.now() })
        .onConflictDoNothing({ target: [licenses.orderId, licenses.orderLineId] });
    },
  };
}

/**
 * The line of a seller that has this code, however it was typed. Null when there is none: also for another
 * seller's code, which is not even looked at. A row that was written under an older master key moves to the
 * newest when its code is seen.
 */
export async function findLicense(
  db: Database,
  keys: Keyring,
  sellerId: string,
  typed: string,
): Promise<LineKey | null> {
  const code = readLicenseCode(typed);
  if (code === null) return null;
  const indexes = keys.blindIndexes(code, PURPOSE);
  const { orderId, orderLineId, codeHmac } = licenses;
  const [found] = await db
    .select({ orderId, orderLineId, codeHmac })
    .from(licenses)
    .where(and(inArray(codeHmac, indexes), eq(licenses.sellerId, sellerId)));
  if (!found) return null;
  const line = { orderId: found.orderId, orderLineId: found.orderLineId };
  if (found.codeHmac !== indexes[0]) {
    await db
      .update(licenses)
      .set(sealLicense(keys, line, code))
      .where(isOf(line));
  }
  return line;
}

/** Reads the code out of a line of `getOrder`: for its buyer only, and from the claim on. Null while there is none. */
export function openLicense(
  keys: Keyring,
  line: LineKey & { licenseEncrypted: string | null },
): string | null {
  return line.licenseEncrypted === null ? null : decryptText(keys, licensePlace(line), line.licenseEncrypted);
}

/**
 * Notes that the seller's software was used.
 *
 * @param at epoch milliseconds
 */
export async function recordHeartbeat(db: Database, line: LineKey, at: number): Promise<void> {
  await db.update(licenses).set({ lastHeartbeatAt: at }).where(isOf(line));
}

/** What the HMAC keys of codes are derived for. */
const PURPOSE = 'licenses.code';

/** The two columns of a code, under the newest key: one that finds it, one that keeps it. */
export function sealLicense(keys: Keyring, line: LineKey, code: string) {
  const [codeHmac] = keys.blindIndexes(code, PURPOSE);
  return { codeHmac, codeEncrypted: encryptText(keys, licensePlace(line), code) };
}

/** Where the code of a line is encrypted to. */
export function licensePlace({ orderId, orderLineId }: LineKey): Place {
  return ['licenses', orderId, orderLineId, 'code'];
}

function isOf({ orderId, orderLineId }: LineKey) {
  return and(eq(licenses.orderId, orderId), eq(licenses.orderLineId, orderLineId));
}
