import { and, eq } from 'drizzle-orm';
import type { AppInfo } from '../domain/app-info';
import type { Database } from './connect';
import { decryptText, encryptText, linePlace } from './encryption';
import type { Keyring } from './keyring';
import type { LineKey } from './order-lines';
import { orderLines } from './schema';

/** Keeps the buyers' ways into their instances, encrypted; the newest one counts. An `AppInfoStore`. */
export function appInfoStore(db: Database, keys: Keyring) {
  return {
    async save(orderId: string, orderLineId: string, appInfo: AppInfo): Promise<void> {
      const place = linePlace({ orderId, orderLineId }, 'app_info');
      await db
        .update(orderLines)
        .set({ appInfoEncrypted: encryptText(keys, place, JSON.stringify(appInfo)) })
        .where(and(eq(orderLines.orderId, orderId), eq(orderLines.id, orderLineId)));
    },
  };
}

/** Reads it out of a line of `getOrder` or `listLines`: for the buyer only. Null while there is none. */
export function openAppInfo(
  keys: Keyring,
  line: LineKey & { appInfoEncrypted: string | null },
): AppInfo | null {
  if (line.appInfoEncrypted === null) return null;
  return JSON.parse(decryptText(keys, linePlace(line, 'app_info'), line.appInfoEncrypted)) as AppInfo;
}
