import type { OpenDatabase } from '../../../db/connect';
import { billingRuns } from '../../../db/ledger/billing-runs';
import { checkLedger } from '../../../db/ledger/check';
import type { RunKey } from '../../../domain/ledger/bill';
import { certify } from '../../support/certified';
import { openTestDatabase } from '../../support/database';
import {
  at,
  billsOf,
  complete,
  entryOf,
  everything,
  publish,
  refundedView,
  run,
  sell,
  transactionsOf,
} from './world';

/** The monthly run: what it bills, and that it does so once. */

let database: OpenDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

const OCTOBER: RunKey = { site: 'china', period: '202610' };
const NOVEMBER: RunKey = { site: 'china', period: '202611' };

test('what was completed before the end of the month is billed: one bill for each variant and currency', async () => {
  const { db } = database;
  await complete(db, 'R-1', at('10-31T23:59:59.999'));
  await complete(db, 'R-2', at('09-01T00:00:00'), { trade: 'joint' });
  await complete(db, 'R-3', at('10-05T00:00:00'), { trade: 'own' });
  await complete(db, 'R-4', at('10-05T00:00:00'), { amount: { currency: 'USD', minor: 100 } });
  await complete(db, 'R-5', at('11-01T00:00:00'));
  await complete(db, 'R-6', at('10-05T00:00:00'), { site: 'intl' });
  const closed = await run(db, OCTOBER);
  expect(closed).toMatchObject({ sellers: 1, transactions: 4 });
  expect(closed.totals).toMatchObject([
    {
      variant: 'general',
      currency: 'CNY',
      bills: 1,
      transactions: 1,
      grossMinor: 10_000,
      payableMinor: 9_750,
    },
    { variant: 'general', currency: 'USD', bills: 1, transactions: 1, grossMinor: 100, payableMinor: 97 },
    { variant: 'joint', currency: 'CNY', bills: 1, transactions: 2, feeMinor: 500, payableMinor: 19_500 },
  ]);
  expect((await billsOf(db, 'S1')).map(({ id }) => id)).toEqual([
    'S1/202610/china/general/CNY',
    'S1/202610/china/general/USD',
    'S1/202610/china/joint/CNY',
  ]);
  expect(await entryOf(db, 'bill/S1/202610/china/joint/CNY')).toEqual({ UNBILLED: 19_500, PAYABLE: -19_500 });
  const states = (await transactionsOf(db, 'S1')).map(({ orderId, billId }) => [orderId, billId]);
  expect(Object.fromEntries(states)).toMatchObject({
    'R-1': 'S1/202610/china/general/CNY',
    'R-5': null,
    'R-6': null,
  });
});

test('a second run changes nothing, and a late transaction goes into the next month', async () => {
  const { db } = database;
  await complete(db, 'R-1', at('10-05T00:00:00'));
  const first = await run(db, OCTOBER);
  await complete(db, 'R-2', at('10-06T00:00:00'));
  const before = await everything(database);
  expect(await run(db, OCTOBER)).toEqual(first);
  expect(await everything(database)).toEqual(before);
  await run(db, NOVEMBER);
  expect(await transactionsOf(db, 'S1')).toMatchObject([
    { orderId: 'R-1', billId: 'S1/202610/china/general/CNY' },
    { orderId: 'R-2', billId: 'S1/202611/china/general/CNY' },
  ]);
});

test('a month that is closed early is billed as of that moment, and what follows in it with the next one', async () => {
  const { db } = database;
  await complete(db, 'R-1', at('10-15T11:59:59.999'));
  await complete(db, 'R-2', at('10-15T12:00:00'));
  await complete(db, 'R-3', at('10-31T23:59:59'));
  const runs = billingRuns(db);
  const noon = at('10-15T12:00:00');
  expect(await runs.open({ ...OCTOBER, asOf: noon })).toMatchObject({ cutOff: noon, transactions: 1 });
  // A run that is open keeps its cut-off, whoever takes it up.
  expect(await run(db, OCTOBER)).toMatchObject({ transactions: 1 });
  expect(await runs.preview(OCTOBER)).toMatchObject({
    closed: true,
    due: [],
    keptBack: [{ reason: 'BILLING_DATE_NOT_REACHED', transactions: 2 }],
  });
  expect(await run(db, NOVEMBER)).toMatchObject({ transactions: 2 });
});

test('a page that is asked for again answers as before', async () => {
  const { db } = database;
  for (const n of [1, 2, 3, 4, 5]) await complete(db, `R-${n}`, at('10-05T00:00:00'), { sellerId: `S-${n}` });
  const runs = billingRuns(db);
  expect(await runs.open(OCTOBER)).toEqual({
    cutOff: at('11-01T00:00:00'),
    sellers: 5,
    transactions: 5,
    closed: false,
  });
  const page = { after: null, limit: 2 };
  const first = await runs.billSellers(OCTOBER, page);
  expect(first).toEqual({ last: 'S-2', done: false, sellers: 2, bills: 2, transactions: 2 });
  await complete(db, 'R-6', at('10-06T00:00:00'), { sellerId: 'S-1' });
  const before = await everything(database);
  expect(await runs.billSellers(OCTOBER, page)).toEqual(first);
  expect(await everything(database)).toEqual(before);
  await expect(runs.close(OCTOBER)).rejects.toMatchObject({ code: 'RUN_NOT_BILLED' });
  expect(await runs.billSellers(OCTOBER, { after: 'S-2', limit: 3 })).toMatchObject({
    last: 'S-5',
    done: true,
  });
  expect(await runs.billSellers(OCTOBER, { after: 'S-5', limit: 3 })).toEqual({
    last: null,
    done: true,
    sellers: 0,
    bills: 0,
    transactions: 0,
  });
  expect(await runs.close(OCTOBER)).toMatchObject({ sellers: 5, transactions: 5 });
});

test('a negative bill carries over, then the deposit is used, then the seller owes', async () => {
  const { db } = database;
  const view = await complete(db, 'R-1', at('10-05T00:00:00'));
  await run(db, OCTOBER);
  await publish(db, 'R-1', refundedView(view, 'R-1', 10_000, at('11-05T00:00:00')));
  await run(db, NOVEMBER);
  await run(db, { site: 'china', period: '202612' });
  await run(db, { site: 'china', period: '202701' });
  expect(await billsOf(db, 'S1')).toMatchObject([
    { period: '202610', netMinor: 9_750, payableMinor: 9_750 },
    {
      period: '202611',
      refundsMinor: -10_000,
      netMinor: -9_750,
      carriedOutMinor: -9_750,
      payableMinor: 0,
      owedMinor: 0,
    },
    { period: '202612', transactions: 0, carriedInMinor: -9_750, owedMinor: 9_750, carriedOutMinor: 0 },
  ]);
});

test('an earlier run is closed first', async () => {
  const { db } = database;
  const runs = billingRuns(db);
  await runs.open(OCTOBER);
  await expect(runs.open(NOVEMBER)).rejects.toMatchObject({ code: 'EARLIER_RUN_OPEN' });
  await runs.close(OCTOBER);
  expect(await runs.open(NOVEMBER)).toMatchObject({ sellers: 0 });
  await expect(
    runs.billSellers({ site: 'intl', period: '202610' }, { after: null, limit: 1 }),
  ).rejects.toMatchObject({
    code: 'RUN_NOT_OPEN',
  });
});

test('the preview writes nothing and says what is kept back by which reason', async () => {
  const { db } = database;
  const runs = billingRuns(db);
  await sell(db, 'R-1');
  await complete(db, 'R-2', at('10-05T00:00:00'), { credit: true });
  await complete(db, 'R-3', at('11-01T00:00:00'));
  await complete(db, 'R-4', at('10-31T00:00:00'));
  const before = await everything(database);
  const one = {
    currency: 'CNY',
    transactions: 1,
    grossMinor: 10_000,
    refundsMinor: 0,
    feeMinor: 250,
    netMinor: 9_750,
  };
  expect(await runs.preview(OCTOBER)).toEqual({
    closed: false,
    sellers: 1,
    due: [one],
    keptBack: [
      { reason: 'BILLING_DATE_NOT_REACHED', ...one },
      { reason: 'NOT_REPAID', ...one },
      { reason: 'SUPERVISION_NOT_FINISHED', ...one },
    ],
  });
  expect(await everything(database)).toEqual(before);
});

describe('a seller who is not certified for the site', () => {
  const CHINA = { sellerId: 'S1', site: 'china' } as const;

  test('gets no bill, while others do; what waited is billed once it is', async () => {
    const { db } = database;
    await complete(db, 'R-1', at('10-05T00:00:00'), { certified: false });
    await certify(db, { ...CHINA, site: 'intl' });
    await complete(db, 'R-2', at('10-05T00:00:00'), { sellerId: 'S2' });
    await certify(db, { ...CHINA, sellerId: 'S2' }, 'UNDER_REVIEW');
    await complete(db, 'R-3', at('10-05T00:00:00'), { sellerId: 'S3' });
    expect(await billingRuns(db).preview(OCTOBER)).toMatchObject({
      sellers: 1,
      due: [{ transactions: 1 }],
      keptBack: [{ reason: 'SELLER_NOT_CERTIFIED', transactions: 2 }],
    });
    expect(await run(db, OCTOBER)).toMatchObject({ sellers: 1, transactions: 1 });
    expect(await billsOf(db, 'S1')).toEqual([]);
    await certify(db, CHINA);
    expect(await run(db, NOVEMBER)).toMatchObject({ sellers: 1, transactions: 1 });
    expect(await transactionsOf(db, 'S1')).toMatchObject([{ billId: 'S1/202611/china/general/CNY' }]);
    expect(await checkLedger(db)).toEqual([]);
  });

  test('any more when its page comes gets none either', async () => {
    const { db } = database;
    await complete(db, 'R-1', at('10-05T00:00:00'));
    const runs = billingRuns(db);
    expect(await runs.open(OCTOBER)).toMatchObject({ sellers: 1, transactions: 1 });
    await certify(db, CHINA, 'UNDER_REVIEW');
    expect(await runs.billSellers(OCTOBER, { after: null, limit: 1 })).toMatchObject({
      done: true,
      bills: 0,
    });
    expect(await runs.close(OCTOBER)).toMatchObject({ sellers: 0, transactions: 0 });
    await certify(db, CHINA);
    await run(db, NOVEMBER);
    expect(await transactionsOf(db, 'S1')).toMatchObject([{ billId: 'S1/202611/china/general/CNY' }]);
    expect(await checkLedger(db)).toEqual([]);
  });

  test('any more keeps what its last bill carried over until it is again', async () => {
    const { db } = database;
    const view = await complete(db, 'R-1', at('09-05T00:00:00'));
    await run(db, { site: 'china', period: '202609' });
    await publish(db, 'R-1', refundedView(view, 'R-1', 4_000, at('10-20T10:00:00')));
    await run(db, OCTOBER);
    await certify(db, CHINA, 'REJECTED');
    expect(await run(db, NOVEMBER)).toMatchObject({ sellers: 0 });
    await certify(db, CHINA);
    await run(db, { site: 'china', period: '202612' });
    expect(await billsOf(db, 'S1')).toMatchObject([
      { period: '202609' },
      { period: '202610', carriedOutMinor: -3_900, carriedTo: 'S1/202612/china/general/CNY' },
      { period: '202612', carriedInMinor: -3_900, owedMinor: 3_900 },
    ]);
    expect(await checkLedger(db)).toEqual([]);
  });
});
