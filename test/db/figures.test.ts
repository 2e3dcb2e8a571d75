import { exampleMail } from '../../activities/mail/example';
import type { OpenDatabase } from '../../db/connect';
import { readFigures } from '../../db/figures';
import { mailLog } from '../../db/mails';
import { registerOrder } from '../../db/orders';
import { startingView, viewStore } from '../../db/views';
import type { LineView } from '../../domain/order-line';
import { openTestDatabase, testKeys } from '../support/database';
import { sampleOrder } from './samples';

/** What operators are told of all orders together. */

let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const AT = Date.now();

async function place(orderId: string, view?: Partial<LineView>): Promise<void> {
  const { db } = database;
  await registerOrder(db, testKeys, sampleOrder(orderId));
  if (!view) return;
  const begun = startingView({ node: 'OPENING', waitingFor: 'seller' });
  await viewStore(db).save(orderId, `${orderId}-000001`, { ...begun, revision: 1, ...view });
}

test('lines are counted where they stand, with the first of their due moments; ended ones by their end', async () => {
  await place('F-1', { dueAt: AT + 9_000 });
  await place('F-2', { dueAt: AT + 5_000 });
  await place('F-3', { node: 'REFUND_STUCK', waitingFor: 'operator' });
  await place('F-4', { node: 'FIVE_DAYS', status: 'COMPLETED', waitingFor: 'nobody', dueAt: AT });
  await place('F-5', { node: 'ENDED', status: 'COMPLETED', waitingFor: 'nobody' });
  await place('F-6', { node: 'ENDED', status: 'UNSUBSCRIBED', waitingFor: 'nobody' });
  await place('F-7');
  const { open, ended, unstarted } = await readFigures(database.db, AT);

  const sorted = [...open].sort((a, b) => a.node.localeCompare(b.node));
  const processing = { status: 'PROCESSING', lines: 1, oldestDue: null };
  expect(sorted).toEqual([
    { ...processing, status: 'COMPLETED', node: 'FIVE_DAYS', waitingFor: 'nobody', oldestDue: AT },
    { ...processing, node: 'OPENING', waitingFor: 'seller', lines: 3, oldestDue: AT + 5_000 },
    { ...processing, node: 'REFUND_STUCK', waitingFor: 'operator' },
  ]);
  expect(ended.sort((a, b) => a.status.localeCompare(b.status))).toEqual([
    { status: 'COMPLETED', lines: 1 },
    { status: 'UNSUBSCRIBED', lines: 1 },
  ]);
  expect(unstarted).toEqual({ count: 1, oldest: expect.any(Number) as number });
  expect(unstarted.oldest).toBeGreaterThanOrEqual(AT);
});

test('a mail waits until it has gone out, is refused, or too old', async () => {
  const log = mailLog(database.db);
  const kinds = ['opened', 'closed', 'completed', 'unsubscribed'] as const;
  const [waiting, sent, refused, old] = kinds.map((kind) => exampleMail(kind));
  for (const mail of [waiting!, sent!, refused!]) await log.begin(mail, AT, AT);
  await log.begin(old!, AT - 1_000, AT);
  await log.sent(sent!.id, AT);
  await log.refused(refused!.id, 'no such mailbox');
  expect((await readFigures(database.db, AT - 500)).mails).toEqual({ count: 1, oldest: AT });
  expect((await readFigures(database.db, AT + 500)).mails).toEqual({ count: 0, oldest: null });
});
