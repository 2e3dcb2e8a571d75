import { getTableName, is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { openSubmission, stashSubmission } from '../../db/certification/submissions';
import { appInfoStore, openAppInfo } from '../../db/app-info';
import type { OpenDatabase } from '../../db/connect';
import { openContact } from '../../db/contacts';
import { ENCRYPTED_COLUMNS } from '../../db/encrypted-columns';
import { beginIdempotent, rememberAnswer } from '../../db/idempotency';
import { keyUsage } from '../../db/key-usage';
import { Keyring } from '../../db/keyring';
import { findLicense, licenseStore, openLicense } from '../../db/licenses';
import { getOrder } from '../../db/order-lines';
import { registerOrder } from '../../db/orders';
import { putProduct } from '../../db/products';
import { recipientDirectory, stashRecipient } from '../../db/recipients';
import { reencrypt } from '../../db/reencrypt';
import * as certificationSchema from '../../db/certification/schema';
import * as schema from '../../db/schema';
import { sellerDirectory } from '../../db/seller-directory';
import { putSeller } from '../../db/sellers';
import { BUSINESS, FINANCE_CONTACT } from '../support/certification';
import { openTestDatabase } from '../support/database';
import { RECIPIENT } from '../support/orders';
import { sampleOrder } from './samples';

const key = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString('base64')}`;
const ring = (...keys: string[]) => Keyring.parse('STEWARD_MASTER_KEYS', keys.join(','));
const OLD = ring(key('k_1', 1));
const BOTH = ring(key('k_2', 2), key('k_1', 1));
const NEW = ring(key('k_2', 2));

const APP_INFO = { frontEndUrl: 'https://app.example/' };
const SUBMITTED = { sellerId: 'S1', site: 'china', id: 'U1' } as const;
const SLOT = { role: 'buyer', sub: 'buyer-1', key: 'idem-1' } as const;
const line = (orderId: string) => ({ orderId, orderLineId: `${orderId}-000001` });

let database: OpenDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

/** Orders with everything that stands encrypted. */
async function fill(keys: Keyring, orderIds: readonly string[]): Promise<void> {
  const { db } = database;
  const seller = { name: 'S', email: 's@seller.example', language: 'zh' } as const;
  await putSeller(db, keys, 'S1', { ...seller, accessKey: 'first-access-key' });
  await putSeller(db, keys, 'S1', { ...seller, accessKey: 'second-access-key' });
  await putProduct(db, 'S1', 'P1', { name: 'P', productionUrl: 'https://seller.example/' });
  await stashSubmission(db, keys, SUBMITTED, { business: BUSINESS, financeContact: FINANCE_CONTACT });
  for (const orderId of orderIds) {
    await registerOrder(db, keys, sampleOrder(orderId));
    await appInfoStore(db, keys).save(orderId, line(orderId).orderLineId, APP_INFO);
    await licenseStore(db, keys).issue({ ...line(orderId), sellerId: 'S1' });
    await stashRecipient(db, keys, line(orderId), 'A1', RECIPIENT);
  }
  await beginIdempotent(db, keys, SLOT, 'request');
  await rememberAnswer(db, keys, SLOT, 'request', { status: 200, body: { ok: true } });
}

/** Everything reads as it was written, with these keys. */
async function expectReadable(keys: Keyring, orderId: string, code: string): Promise<void> {
  const { db } = database;
  const [kept] = await getOrder(db, orderId);
  expect(openContact(keys, kept!)).toMatchObject({ email: sampleOrder(orderId).body.buyer.email });
  expect(openAppInfo(keys, kept!)).toEqual(APP_INFO);
  expect(openLicense(keys, kept!)).toBe(code);
  expect(await findLicense(db, keys, 'S1', code)).toEqual(line(orderId));
  expect(await recipientDirectory(db, keys).find(line(orderId), 'A1')).toEqual(RECIPIENT);
  expect(await sellerDirectory(db, keys).find('S1', 'P1')).toMatchObject({
    accessKey: 'second-access-key',
    previousAccessKey: 'first-access-key',
  });
  expect(await openSubmission(db, keys, SUBMITTED, { submissionId: 'U1', contactId: 'U1' })).toEqual({
    business: BUSINESS,
    financeContact: FINANCE_CONTACT,
  });
  expect(await beginIdempotent(db, keys, SLOT, 'request')).toEqual({
    kind: 'answered',
    answer: { status: 200, body: { ok: true } },
  });
}

const codeOf = async (keys: Keyring, orderId: string) =>
  openLicense(keys, (await getOrder(database.db, orderId))[0]!) ?? '';

test('every encrypted column of the schema is known', () => {
  const tables = Object.values({ ...schema, ...certificationSchema }).filter((one) => is(one, PgTable));
  const encrypted = tables.flatMap((table) =>
    getTableConfig(table as PgTable)
      .columns.filter(({ name }) => name.endsWith('_encrypted'))
      .map(({ name }) => `${getTableName(table as PgTable)}.${name}`),
  );
  expect(encrypted.length).toBeGreaterThan(0);
  expect(ENCRYPTED_COLUMNS.map(({ name }) => name).sort()).toEqual(encrypted.sort());
});

test('everything moves to the newest key, in pages, and is read without the old one', async () => {
  const orderIds = ['R-1', 'R-2', 'R-3', 'R-4', 'R-5'];
  await fill(OLD, orderIds);
  const code = await codeOf(OLD, 'R-3');
  const before = await keyUsage(database.db);
  expect(new Set(before.map(({ keyId }) => keyId))).toEqual(new Set(['k_1']));
  expect(new Set(before.map(({ column }) => column))).toEqual(
    new Set(ENCRYPTED_COLUMNS.map(({ name }) => name)),
  );

  const told: string[] = [];
  const all = before.reduce((sum, { rows }) => sum + rows, 0);
  const done = await reencrypt(database.db, BOTH, {
    pageSize: 2,
    progress: (column, moved) => told.push(`${column} ${moved}`),
  });
  expect(done).toEqual({ moved: all, unreadable: [] });
  expect(told).toEqual(expect.arrayContaining(['licenses.code_encrypted 2', 'licenses.code_encrypted 5']));
  expect(await keyUsage(database.db)).toEqual(before.map((one) => ({ ...one, keyId: 'k_2' })));
  await expectReadable(NEW, 'R-3', code);
  expect(await reencrypt(database.db, BOTH)).toEqual({ moved: 0, unreadable: [] });
});

test('stopped in the middle, it goes on at the next call', async () => {
  await fill(OLD, ['R-1', 'R-2', 'R-3']);
  const code = await codeOf(OLD, 'R-2');
  const stop = (column: string): void => {
    if (column === 'licenses.code_encrypted') throw new Error('killed');
  };
  await expect(reencrypt(database.db, BOTH, { pageSize: 1, progress: stop })).rejects.toThrow('killed');
  // Half of it stands under each key now, and all is read.
  expect(new Set((await keyUsage(database.db)).map(({ keyId }) => keyId))).toEqual(new Set(['k_1', 'k_2']));
  await expectReadable(BOTH, 'R-2', code);
  await reencrypt(database.db, BOTH);
  await expectReadable(NEW, 'R-2', code);
});

test('what no key reads is told by its id and left as it is; all else moves', async () => {
  await fill(OLD, ['R-1']);
  const lost = ring(key('lost', 9));
  await registerOrder(database.db, lost, sampleOrder('R-0'));
  await registerOrder(database.db, lost, sampleOrder('R-2'));
  const { moved, unreadable } = await reencrypt(database.db, BOTH, { pageSize: 1 });
  expect(moved).toBeGreaterThan(5);
  expect(unreadable).toEqual([
    {
      column: 'order_lines.contact_encrypted',
      rows: 2,
      reason: expect.stringMatching(/STEWARD_MASTER_KEYS has no key lost/) as string,
    },
  ]);
  const [kept] = await getOrder(database.db, 'R-0');
  expect(openContact(lost, kept!)).toBeDefined();
});
