import type { OpenDatabase } from '../../../db/connect';
import { recordRepayment } from '../../../db/ledger/repayments';
import { openTestDatabase } from '../../support/database';
import {
  at,
  closeClean,
  complete,
  completedView,
  entryOf,
  lineIdOf,
  publish,
  refundedView,
  run,
  sell,
  transactionsOf,
} from './world';

/** What a buyer has on credit is billed once it has repaid. */

let database: OpenDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => closeClean(database));

const REPAID = at('10-20T00:00:00');
const billOf = async () => (await transactionsOf(database.db, 'S1')).map(({ billId }) => billId);

test('a repayment moves what was owed into cash, and the sale into the next bill', async () => {
  const { db } = database;
  await complete(db, 'K-1', at('10-05T00:00:00'), { credit: true });
  expect(await entryOf(db, 'sale/K-1-000001')).toEqual({ CREDIT: 10_000, FEES: -250, UNBILLED: -9_750 });
  await run(db, { site: 'china', period: '202610' });
  expect(await billOf()).toEqual([null]);
  await recordRepayment(db, 'K-1', REPAID);
  expect(await entryOf(db, 'repayment/K-1-000001')).toEqual({ CASH: 10_000, CREDIT: -10_000 });
  await run(db, { site: 'china', period: '202610' });
  expect(await billOf()).toEqual([null]);
  await run(db, { site: 'china', period: '202611' });
  expect(await billOf()).toEqual(['S1/202611/china/general/CNY']);
});

test.each([
  [at('11-01T00:00:00') - 1, '202610'],
  [at('11-01T00:00:00'), '202611'],
])('repaid at %i, it is in the bill of %s', async (repaidAt, period) => {
  const { db } = database;
  await complete(db, 'K-2', at('10-05T00:00:00'), { credit: true });
  await recordRepayment(db, 'K-2', repaidAt);
  await run(db, { site: 'china', period: '202610' });
  await run(db, { site: 'china', period: '202611' });
  expect(await billOf()).toEqual([`S1/${period}/china/general/CNY`]);
});

test('what is repaid before its completion is a sale that is paid', async () => {
  const { db } = database;
  await sell(db, 'K-3', { credit: true });
  await recordRepayment(db, 'K-3', REPAID);
  await publish(db, 'K-3', completedView(at('10-25T00:00:00')));
  expect(await entryOf(db, 'sale/K-3-000001')).toMatchObject({ CASH: 10_000 });
  expect(await transactionsOf(db, 'S1')).toMatchObject([{ credit: true, repaidAt: REPAID }]);
});

test('what was refunded before is not repaid', async () => {
  const { db } = database;
  const view = await complete(db, 'K-4', at('10-05T00:00:00'), { credit: true });
  await publish(db, 'K-4', refundedView(view, 'K-4', 4_000, at('10-06T00:00:00')));
  await recordRepayment(db, 'K-4', REPAID);
  expect(await entryOf(db, `repayment/${lineIdOf('K-4')}`)).toEqual({ CASH: 6_000, CREDIT: -6_000 });
});
