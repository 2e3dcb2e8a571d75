import { eq } from 'drizzle-orm';
import type { SellerDirectory } from '../../activities/production/ports';
import type { Database, OpenDatabase } from '../../db/connect';
import { getProduct, putProduct } from '../../db/products';
import { sellers } from '../../db/schema';
import { sellerDirectory } from '../../db/seller-directory';
import { putSeller } from '../../db/sellers';
import { openTestDatabase, testKeys } from '../support/database';
import { rivals } from './rivals';

const HOUR = 3_600_000;
let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
afterEach(() => jest.restoreAllMocks());

const seller = (accessKey: string) =>
  ({ name: '软件公司', email: 'ops@seller.example', language: 'zh', accessKey }) as const;
const put = (id: string, accessKey: string) => putSeller(database.db, testKeys, id, seller(accessKey));
const find = (id: string) => {
  const directory: SellerDirectory = sellerDirectory(database.db, testKeys);
  return directory.find(id, 'P1');
};
const sellIn = async (id: string, accessKey: string) => {
  await put(id, accessKey);
  await putProduct(database.db, id, 'P1', { name: 'CRM', productionUrl: 'https://seller.example/p' });
};
const setTime = (at: number) => jest.spyOn(Date, 'now').mockReturnValue(at);

test('a seller is found with its product, its key only encrypted in SQL', async () => {
  await sellIn('S-1', 'first-access-key-1');
  expect(await find('S-1')).toEqual({
    productionUrl: 'https://seller.example/p',
    accessKey: 'first-access-key-1',
  });
  const rows = await database.db.select().from(sellers).where(eq(sellers.id, 'S-1'));
  expect(rows).toMatchObject([{ name: '软件公司', email: 'ops@seller.example', language: 'zh' }]);
  expect(JSON.stringify(rows)).not.toContain('first-access-key-1');
});

test('after a change the key before is given out for 24 hours, also when the new one is put again', async () => {
  setTime(0);
  await sellIn('S-2', 'key-before-000000');
  setTime(HOUR);
  await put('S-2', 'key-after-0000000');
  setTime(20 * HOUR);
  await put('S-2', 'key-after-0000000');
  setTime(25 * HOUR - 1);
  expect(await find('S-2')).toMatchObject({
    accessKey: 'key-after-0000000',
    previousAccessKey: 'key-before-000000',
  });
  setTime(25 * HOUR);
  expect(await find('S-2')).toEqual({
    productionUrl: expect.any(String) as string,
    accessKey: 'key-after-0000000',
  });
});

test('a second change forgets the oldest key', async () => {
  await sellIn('S-3', 'key-1-00000000000');
  await put('S-3', 'key-2-00000000000');
  await put('S-3', 'key-3-00000000000');
  expect(await find('S-3')).toMatchObject({
    accessKey: 'key-3-00000000000',
    previousAccessKey: 'key-2-00000000000',
  });
});

test('of two changes at once the last one’s key signs, and the other’s is the previous', async () => {
  await sellIn('S-4', 'key-0-00000000000');
  const lock = (tx: Database) => tx.update(sellers).set({ name: 'locked' }).where(eq(sellers.id, 'S-4'));
  await rivals(database, lock, () => [put('S-4', 'key-1-00000000000'), put('S-4', 'key-2-00000000000')]);
  const { accessKey, previousAccessKey } = await find('S-4');
  expect([accessKey, previousAccessKey].sort()).toEqual(['key-1-00000000000', 'key-2-00000000000']);
});

test('the first put by many at once makes one seller', async () => {
  await Promise.all(Array.from({ length: 10 }, () => put('S-5', 'the-same-key-0000')));
  const row = (await database.db.select().from(sellers)).find(({ id }) => id === 'S-5');
  expect(row?.previousAccessKeyEncrypted).toBeNull();
});

test('a product is replaced as a whole, and needs its seller', async () => {
  await put('S-6', 'some-access-key-0');
  await putProduct(database.db, 'S-6', 'P2', {
    name: 'ERP',
    productionUrl: 'https://a.example',
    feeRate: 250,
  });
  await putProduct(database.db, 'S-6', 'P2', { name: 'ERP 2' });
  const product = { sellerId: 'S-6', id: 'P2', name: 'ERP 2', productionUrl: null, feeRate: 0 };
  expect(await getProduct(database.db, 'S-6', 'P2')).toEqual(product);
  await expect(putProduct(database.db, 'S-unknown', 'P2', { name: 'x' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('what is not there is said', async () => {
  expect(await getProduct(database.db, 'S-unknown', 'P1')).toBeUndefined();
  await put('S-7', 'some-access-key-0');
  await expect(find('S-7')).rejects.toMatchObject({ code: 'PRODUCT_NOT_READY' });
  await putProduct(database.db, 'S-7', 'P1', { name: 'without URL' });
  await expect(find('S-7')).rejects.toThrow('Seller S-7, product P1: has no productionUrl');
});
