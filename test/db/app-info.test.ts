import type { AppInfoStore } from '../../activities/production/ports';
import { appInfoStore, openAppInfo } from '../../db/app-info';
import type { OpenDatabase } from '../../db/connect';
import { getOrder } from '../../db/order-lines';
import { registerOrder } from '../../db/orders';
import { openTestDatabase, testKeys } from '../support/database';
import { sampleOrder } from './samples';

let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const lineOf = async (orderId: string) => (await getOrder(database.db, orderId))[0]!;

test('the newest way into the instance is kept, readable with the key only', async () => {
  await registerOrder(database.db, testKeys, sampleOrder('A-1'));
  expect(openAppInfo(testKeys, await lineOf('A-1'))).toBeNull();
  const store: AppInfoStore = appInfoStore(database.db, testKeys);
  await store.save('A-1', 'A-1-000001', { frontEndUrl: 'https://old.example' });
  const appInfo = { frontEndUrl: 'https://app.example', userName: 'admin', password: 'pässwörd-密码' };
  await store.save('A-1', 'A-1-000001', appInfo);
  const line = await lineOf('A-1');
  expect(openAppInfo(testKeys, line)).toEqual(appInfo);
  expect(JSON.stringify(line)).not.toMatch(/pässwörd|app\.example/);
});

test('one buyer’s way in cannot be read out of another line', async () => {
  await registerOrder(database.db, testKeys, sampleOrder('A-2'));
  await registerOrder(database.db, testKeys, sampleOrder('A-3'));
  await appInfoStore(database.db, testKeys).save('A-2', 'A-2-000001', { frontEndUrl: 'https://app.example' });
  const { appInfoEncrypted } = await lineOf('A-2');
  const swapped = { ...(await lineOf('A-3')), appInfoEncrypted };
  expect(() => openAppInfo(testKeys, swapped)).toThrow(
    expect.objectContaining({ code: 'DECRYPTION_FAILED' }) as Error,
  );
});
