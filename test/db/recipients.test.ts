import { eq } from 'drizzle-orm';
import type { OpenDatabase } from '../../db/connect';
import { registerOrder } from '../../db/orders';
import { dropRecipient, recipientDirectory, stashRecipient } from '../../db/recipients';
import { recipients } from '../../db/schema';
import { ORDERED_ADDRESS } from '../../domain/logistics';
import { openTestDatabase, testKeys } from '../support/database';
import { goodsOrder, RECIPIENT, sampleOrder } from './samples';

/** To whom goods go, encrypted. */

let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const OTHER = { name: '王五', phone: '010-12345678', address: '北京市' };
const lineOf = (orderId: string) => ({ orderId, orderLineId: `${orderId}-000001` });
const find = (orderId: string, addressId: string) =>
  recipientDirectory(database.db, testKeys).find(lineOf(orderId), addressId);
const rowsOf = (orderId: string) =>
  database.db.select().from(recipients).where(eq(recipients.orderId, orderId));
const register = (orderId: string) => registerOrder(database.db, testKeys, goodsOrder(orderId));

test('an order’s recipient is kept with it, once, and not in the clear', async () => {
  expect(await register('R-1')).toBe('new');
  expect(await register('R-1')).toBe('repeated');
  expect(await find('R-1', ORDERED_ADDRESS)).toEqual(RECIPIENT);
  const rows = await rowsOf('R-1');
  expect(rows).toHaveLength(1);
  for (const secret of Object.values(RECIPIENT)) expect(JSON.stringify(rows)).not.toContain(secret);
});

test('each line of goods has its own; other lines have none', async () => {
  const order = goodsOrder('R-2', ['R-2-A', 'R-2-B', 'R-2-C']);
  const [, b, c] = order.body.lines;
  Object.assign(b!, { recipient: OTHER });
  Object.assign(c!, { delivery: 'service' });
  await registerOrder(database.db, testKeys, order);
  const directory = recipientDirectory(database.db, testKeys);
  const found = ['R-2-A', 'R-2-B', 'R-2-C'].map((orderLineId) =>
    directory.find({ orderId: 'R-2', orderLineId }, ORDERED_ADDRESS),
  );
  expect(await Promise.all(found)).toEqual([RECIPIENT, OTHER, undefined]);
});

test('an order that is refused leaves no recipient behind', async () => {
  await register('R-3');
  const rival = goodsOrder('R-4', ['R-3-000001']);
  await expect(registerOrder(database.db, testKeys, rival)).rejects.toMatchObject({
    code: 'ORDER_LINE_TAKEN',
  });
  expect(await rowsOf('R-4')).toEqual([]);
});

test('a new address is kept beside the old one; the same id keeps what it was first', async () => {
  await register('R-5');
  const stash = (who: typeof OTHER) => stashRecipient(database.db, testKeys, lineOf('R-5'), 'u-1', who);
  expect((await Promise.all([stash(OTHER), stash(OTHER)])).sort()).toEqual([false, true]);
  expect(await stash({ ...OTHER, name: 'too late' })).toBe(false);
  expect(await find('R-5', 'u-1')).toEqual(OTHER);
  expect(await find('R-5', ORDERED_ADDRESS)).toEqual(RECIPIENT);
  expect(await find('R-5', 'u-2')).toBeUndefined();
});

test('a recipient that was moved to another line or address is nobody', async () => {
  await register('R-6');
  await register('R-7');
  await stashRecipient(database.db, testKeys, lineOf('R-6'), 'u-1', OTHER);
  const [foreign] = await rowsOf('R-6');
  const { recipientEncrypted } = foreign!;
  await database.db.update(recipients).set({ recipientEncrypted });
  await expect(find('R-7', ORDERED_ADDRESS)).rejects.toMatchObject({ code: 'DECRYPTION_FAILED' });
  await expect(find('R-6', foreign!.addressId === 'u-1' ? ORDERED_ADDRESS : 'u-1')).rejects.toMatchObject({
    code: 'DECRYPTION_FAILED',
  });
});

test('one that is dropped is gone, and no other one', async () => {
  await register('R-8');
  await register('R-9');
  for (const orderId of ['R-8', 'R-9']) {
    for (const id of ['u-1', 'u-2']) await stashRecipient(database.db, testKeys, lineOf(orderId), id, OTHER);
  }
  await dropRecipient(database.db, lineOf('R-8'), 'u-1');
  expect(await find('R-8', 'u-1')).toBeUndefined();
  expect((await rowsOf('R-8')).map(({ addressId }) => addressId).sort()).toEqual([ORDERED_ADDRESS, 'u-2']);
  expect(await rowsOf('R-9')).toHaveLength(3);
});

test('an order without goods has none', async () => {
  await registerOrder(database.db, testKeys, sampleOrder('R-10'));
  expect(await rowsOf('R-10')).toEqual([]);
});
