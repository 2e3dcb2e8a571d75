import type { OpenDatabase } from '../../../db/connect';
import { openTestDatabase } from '../../support/database';
import {
  at,
  complete,
  completedView,
  entryOf,
  everything,
  lineIdOf,
  publish,
  refundedView,
  sell,
  transactionsOf,
  unsubscriptionOf,
} from './world';

/** What the views of order lines write into the ledger. */

let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test('a completed line is a sale, once, with the platform’s fee and the seller’s net', async () => {
  const { db } = database;
  await sell(db, 'P-1', {
    sellerId: 'S-1',
    trade: 'selected',
    charging: { mode: 'PERIOD', period: { unit: 'MONTH', n: 1 } },
  });
  const completedAt = at('11-02T10:00:00');
  const completion = { completedAt, validFrom: at('10-30T10:00:00'), validUntil: null };
  await publish(db, 'P-1', completedView(completedAt, { completion }));
  await publish(db, 'P-1', completedView(completedAt, { completion, revision: 6 }));
  expect(await transactionsOf(db, 'S-1')).toEqual([
    {
      key: 'sale/P-1-000001',
      kind: 'SALE',
      site: 'china',
      orderId: 'P-1',
      orderLineId: 'P-1-000001',
      sellerId: 'S-1',
      buyerId: 'B1',
      productId: 'P1',
      trade: 'selected',
      variant: 'joint',
      chargingMode: 'PERIOD',
      currency: 'CNY',
      grossMinor: 10_000,
      feeMinor: 250,
      netMinor: 9_750,
      feeRate: 250,
      orderedAt: expect.any(Number) as number,
      completedAt,
      fiveDaysUntil: null,
      unsubscribing: false,
      credit: false,
      repaidAt: null,
      accountPeriod: '202610',
      billingState: 'PENDING',
      billId: null,
    },
  ]);
  expect(await entryOf(db, 'sale/P-1-000001')).toEqual({ CASH: 10_000, FEES: -250, UNBILLED: -9_750 });
});

test('an open line, a trial and what was refunded before its completion are no transactions', async () => {
  const { db } = database;
  await sell(db, 'P-2', { sellerId: 'S-2' });
  await publish(db, 'P-2', completedView(0, { status: 'PROCESSING', node: 'ACCEPTING', completion: null }));
  await complete(db, 'P-3', at('10-01T10:00:00'), { sellerId: 'S-2', trial: true });
  await sell(db, 'P-4', { sellerId: 'S-2' });
  const never = { ...completedView(0), completion: null };
  await publish(db, 'P-4', refundedView(never, 'P-4', 10_000, at('10-02T10:00:00')));
  expect(await transactionsOf(db, 'S-2')).toEqual([]);
});

test('a later view posts the sale and the refund that earlier, missed views would have', async () => {
  const { db } = database;
  await sell(db, 'P-5', { sellerId: 'S-5' });
  const view = completedView(at('10-03T10:00:00'));
  await publish(db, 'P-5', refundedView(view, 'P-5', 4_000, at('11-04T10:00:00')));
  await publish(db, 'P-5', view);
  expect(await transactionsOf(db, 'S-5')).toMatchObject([
    {
      kind: 'REFUND',
      grossMinor: -4_000,
      feeMinor: -100,
      netMinor: -3_900,
      accountPeriod: '202611',
      billingState: 'PENDING',
    },
    { kind: 'SALE', grossMinor: 10_000, billingState: 'PENDING' },
  ]);
  const key = `refund/${lineIdOf('P-5')}/${lineIdOf('P-5')}-U1`;
  expect(await entryOf(db, key)).toEqual({ CASH: -4_000, FEES: 100, UNBILLED: 3_900 });
});

test('a five-day refund voids its sale, and neither is pending any more', async () => {
  const { db } = database;
  const fiveDaysUntil = at('10-10T10:00:00');
  await sell(db, 'P-6', { sellerId: 'S-6' });
  const view = completedView(at('10-05T10:00:00'), { node: 'FIVE_DAYS', fiveDaysUntil });
  await publish(db, 'P-6', view);
  const asked = unsubscriptionOf('P-6', 10_000, 'APPROVED');
  await publish(db, 'P-6', { ...view, revision: 6, node: 'REFUNDING', unsubscription: asked });
  expect(await transactionsOf(db, 'S-6')).toMatchObject([{ unsubscribing: true, billingState: 'PENDING' }]);
  const refunded = refundedView(view, 'P-6', 10_000, at('10-06T10:00:00'));
  await publish(db, 'P-6', refunded);
  const before = await everything(database);
  await publish(db, 'P-6', { ...refunded, revision: 9 });
  expect(await everything(database)).toEqual(before);
  expect(await transactionsOf(db, 'S-6')).toMatchObject([
    { kind: 'REFUND', billingState: 'VOID', netMinor: -9_750 },
    { kind: 'SALE', billingState: 'VOID', netMinor: 9_750 },
  ]);
});

test('a line of a release that did not say when it was completed has its last log entry for that', async () => {
  const { db } = database;
  await sell(db, 'P-7', { sellerId: 'S-7' });
  const view = completedView(at('09-05T10:00:00'));
  delete view.completion;
  delete view.fiveDaysUntil;
  await publish(db, 'P-7', view);
  expect(await transactionsOf(db, 'S-7')).toMatchObject([{ completedAt: at('09-05T10:00:00') }]);
});

test('fifty views of one line at once post one sale', async () => {
  const { db } = database;
  await sell(db, 'P-8', { sellerId: 'S-8' });
  const views = Array.from({ length: 50 }, (_, n) =>
    completedView(at('10-05T10:00:00'), { revision: n + 1 }),
  );
  await Promise.all(views.map((view) => publish(db, 'P-8', view)));
  expect(await transactionsOf(db, 'S-8')).toHaveLength(1);
});
