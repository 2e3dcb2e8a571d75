import { mailDirectory } from '../../db/mail-directory';
import { mailLog } from '../../db/mails';
import { registerOrder } from '../../db/orders';
import { putProduct } from '../../db/products';
import { orderLines } from '../../db/schema';
import { putSeller } from '../../db/sellers';
import type { OpenDatabase } from '../../db/connect';
import { exampleMail } from '../../activities/mail/example';
import { openTestDatabase, testKeys } from '../support/database';
import { sampleOrder } from './samples';

/** What mails are remembered by, and whom they go to. */

let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const AT = 1_700_000_000_123;
const UNTIL = AT + 15_000;

test('a mail is taken on once, also by many at the same time, and keeps its first moment', async () => {
  const log = mailLog(database.db);
  const mail = exampleMail('opened');
  const rows = await Promise.all([0, 1, 2, 3].map((n) => log.begin(mail, AT + n, UNTIL)));
  const [{ createdAt } = { createdAt: 0 }] = rows;
  for (const row of rows) expect(row).toMatchObject({ createdAt, sentAt: null, refused: null });
  expect(rows.map(({ claimed }) => claimed).sort()).toEqual([false, false, false, true]);
  expect(createdAt - AT).toBeLessThan(4);
  expect(await log.begin(mail, AT + 9_999, UNTIL)).toMatchObject({ createdAt, claimed: false });
});

test('who claimed it keeps others off until its time is over, or it gives the claim back', async () => {
  const log = mailLog(database.db);
  const mail = exampleMail('refund-stuck');
  const claim = async (at: number, until: number) => (await log.begin(mail, at, until)).claimed;
  expect(await claim(AT, UNTIL)).toBe(true);
  expect(await claim(UNTIL - 1, UNTIL + 10)).toBe(false);
  expect(await claim(UNTIL, UNTIL + 10)).toBe(true);
  await log.release(mail.id);
  expect(await claim(UNTIL + 1, UNTIL + 10)).toBe(true);
  await log.sent(mail.id, UNTIL + 2);
  expect(await claim(UNTIL + 99, UNTIL + 199)).toBe(false);
});

test('what became of it stays, and is of no other mail', async () => {
  const log = mailLog(database.db);
  const [gone, lost, open] = (['closed', 'completed', 'unsubscribed'] as const).map((kind) =>
    exampleMail(kind),
  );
  for (const mail of [gone!, lost!, open!]) await log.begin(mail, AT, UNTIL);
  await log.sent(gone!.id, AT + 5);
  await log.refused(lost!.id, 'no such mailbox');
  const row = { createdAt: AT, sentAt: null, refused: null, claimed: false };
  expect(await log.begin(gone!, 0, 1)).toEqual({ ...row, sentAt: AT + 5 });
  expect(await log.begin(lost!, 0, 1)).toEqual({ ...row, refused: 'no such mailbox' });
  expect(await log.begin(open!, 0, 1)).toEqual(row);
});

test('sellers, buyers and products are found as they are now', async () => {
  const { db } = database;
  const directory = mailDirectory(db, testKeys);
  const seller = {
    name: 'Seller',
    email: 's@seller.example',
    language: 'en',
    accessKey: 'k'.repeat(16),
  } as const;
  await putSeller(db, testKeys, 'S1', seller);
  await putProduct(db, 'S1', 'P1', { name: 'CRM' });
  await registerOrder(db, testKeys, sampleOrder('D-1'));
  expect(await directory.seller('S1')).toEqual({ email: 's@seller.example', language: 'en' });
  await putSeller(db, testKeys, 'S1', { ...seller, email: 'new@seller.example', language: 'zh' });
  expect(await directory.seller('S1')).toEqual({ email: 'new@seller.example', language: 'zh' });
  expect(await directory.buyer('D-1', 'D-1-000001')).toEqual({ email: 'wang@example.com', language: 'zh' });
  expect(await directory.productName('S1', 'P1')).toBe('CRM');

  expect(await directory.seller('S2')).toBeUndefined();
  expect(await directory.buyer('D-1', 'D-1-000002')).toBeUndefined();
  expect(await directory.buyer('D-2', 'D-1-000001')).toBeUndefined();
  expect(await directory.productName('S2', 'P1')).toBeUndefined();
});

test('a contact that was moved to another line is nobody', async () => {
  const { db } = database;
  await registerOrder(db, testKeys, sampleOrder('D-3', ['D-3-1', 'D-3-2']));
  const [line] = await db.select().from(orderLines);
  await db.update(orderLines).set({ contactEncrypted: line!.contactEncrypted });
  await expect(mailDirectory(db, testKeys).buyer('D-3', 'D-3-2')).rejects.toMatchObject({
    code: 'DECRYPTION_FAILED',
  });
});
