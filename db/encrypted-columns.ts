import { getTableName } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { certificationSubmissions } from './certification/schema';
import { businessPlace, financeContactPlace } from './certification/submissions';
import { encryptText, linePlace, type Place } from './encryption';
import { answerPlace } from './idempotency';
import type { Keyring } from './keyring';
import { licensePlace, sealLicense } from './licenses';
import { recipientPlace } from './recipients';
import { idempotencyKeys, licenses, orderLines, recipients, sellers } from './schema';
import { accessKeyPlace, previousAccessKeyPlace } from './sellers';

/** A column that holds texts of `encryptText`, and what it takes to write one again under another key. */
export interface EncryptedColumn {
  /** For people: `table.column`. */
  name: string;
  table: PgTable;
  column: PgColumn;
  /** The primary key. */
  key: readonly PgColumn[];
  /** The place of the row with this primary key. */
  place: (key: readonly string[]) => Place;
  /** What the newest key makes of a text: every column that depends on the key. */
  seal: (keys: Keyring, key: readonly string[], text: string) => readonly (readonly [PgColumn, string])[];
}

const line = (orderId = '', orderLineId = '') => ({ orderId, orderLineId });
const LINE = [orderLines.orderId, orderLines.id] as const;
const submission = ([sellerId = '', site = '', id = '']: readonly string[]) => ({ sellerId, site, id });
const LICENSE = [licenses.orderId, licenses.orderLineId] as const;
const RECIPIENT = [recipients.orderId, recipients.orderLineId, recipients.addressId] as const;
const SUBMISSION = [
  certificationSubmissions.sellerId,
  certificationSubmissions.site,
  certificationSubmissions.id,
] as const;
const ANSWER = [idempotencyKeys.role, idempotencyKeys.sub, idempotencyKeys.key] as const;

/** Everything in SQL that stands under a master key. A new column of this kind belongs here: a test compares it. */
export const ENCRYPTED_COLUMNS: readonly EncryptedColumn[] = [
  column(sellers, sellers.accessKeyEncrypted, [sellers.id], ([id = '']) => accessKeyPlace(id)),
  column(sellers, sellers.previousAccessKeyEncrypted, [sellers.id], ([id = '']) =>
    previousAccessKeyPlace(id),
  ),
  column(orderLines, orderLines.contactEncrypted, LINE, (key) => linePlace(line(...key), 'contact')),
  column(orderLines, orderLines.appInfoEncrypted, LINE, (key) => linePlace(line(...key), 'app_info')),
  {
    ...column(licenses, licenses.codeEncrypted, LICENSE, (key) => licensePlace(line(...key))),
    seal(keys, key, code) {
      const { codeHmac, codeEncrypted } = sealLicense(keys, line(...key), code);
      return [
        [licenses.codeHmac, codeHmac],
        [licenses.codeEncrypted, codeEncrypted],
      ];
    },
  },
  column(recipients, recipients.recipientEncrypted, RECIPIENT, ([orderId, orderLineId, addressId = '']) =>
    recipientPlace(line(orderId, orderLineId), addressId),
  ),
  column(certificationSubmissions, certificationSubmissions.businessEncrypted, SUBMISSION, (key) =>
    businessPlace(submission(key)),
  ),
  column(certificationSubmissions, certificationSubmissions.financeContactEncrypted, SUBMISSION, (key) =>
    financeContactPlace(submission(key)),
  ),
  column(idempotencyKeys, idempotencyKeys.answerEncrypted, ANSWER, ([role = '', sub = '', key = '']) =>
    answerPlace({ role, sub, key }),
  ),
];

function column(
  table: PgTable,
  one: PgColumn,
  key: readonly PgColumn[],
  place: EncryptedColumn['place'],
): EncryptedColumn {
  return {
    ...{ name: `${getTableName(table)}.${one.name}`, table, column: one, key, place },
    seal: (keys, values, text) => [[one, encryptText(keys, place(values), text)]],
  };
}
