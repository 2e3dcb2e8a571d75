import type { OpenDatabase } from '../../../db/connect';
import { billingRuns } from '../../../db/ledger/billing-runs';
import { recordDeposit } from '../../../db/ledger/deposits';
import { recordRepayment } from '../../../db/ledger/repayments';
import { bills, settlementRuns } from '../../../db/ledger/schema';
import { putSeller } from '../../../db/sellers';
import type { RunKey } from '../../../domain/ledger/bill';
import { openTestDatabase, testKeys } from '../../support/database';
import { rivals } from '../rivals';
import {
  at,
  closeClean,
  complete,
  completedView,
  publish,
  refundedView,
  run,
  sell,
  transactionsOf,
} from './world';

/** Many who write into the ledger at once; on PostgreSQL each over a connection of its own. */

let database: OpenDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => closeClean(database));

const OCTOBER: RunKey = { site: 'china', period: '202610' };
const FIFTY = Array.from({ length: 50 }, (_, n) => n);
const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);

test('fifty lines that are completed and refunded at once are fifty sales and fifty refunds', async () => {
  const { db } = database;
  for (const n of FIFTY) await sell(db, `W-${n}`);
  const view = completedView(at('10-05T00:00:00'));
  await Promise.all(
    FIFTY.flatMap((n) => [
      publish(db, `W-${n}`, view),
      publish(db, `W-${n}`, refundedView(view, `W-${n}`, 5_000, at('10-06T00:00:00'))),
      publish(db, `W-${n}`, view),
    ]),
  );
  const rows = await transactionsOf(db, 'S1');
  expect(rows.filter(({ kind }) => kind === 'SALE')).toHaveLength(50);
  expect(rows.filter(({ kind }) => kind === 'REFUND')).toHaveLength(50);
  expect(sum(rows.map(({ grossMinor }) => grossMinor))).toBe(50 * 5_000);
});

test('of fifty who ask for the same page at once one bills it, and all get the same answer', async () => {
  const { db } = database;
  for (const n of FIFTY) await complete(db, `W-${n}`, at('10-05T00:00:00'), { sellerId: `S-${n % 5}` });
  const runs = billingRuns(db);
  await runs.open(OCTOBER);
  const answers = await Promise.all(FIFTY.map(() => runs.billSellers(OCTOBER, { after: null, limit: 3 })));
  for (const answer of answers) {
    expect(answer).toEqual({ last: 'S-2', done: false, sellers: 3, bills: 3, transactions: 30 });
  }
});

test('a run that is opened fifty times at once, of two months, is opened once for each', async () => {
  const { db } = database;
  await complete(db, 'W-1', at('10-05T00:00:00'));
  const runs = billingRuns(db);
  const outcomes = await Promise.allSettled(
    FIFTY.map((n) => runs.open({ site: 'china', period: n % 2 === 0 ? '202610' : '202611' })),
  );
  const refused = outcomes.filter(({ status }) => status === 'rejected');
  const opened = await db.select().from(settlementRuns);
  // The later month is refused while the earlier one is open; it may also have come first.
  expect(opened.map(({ period }) => period)).toContain('202610');
  expect(refused.length === 25 || opened.length === 2).toBe(true);
});

test('lines that are completed, repaid and refunded while a run bills them are in one bill, or none', async () => {
  const { db } = database;
  const view = completedView(at('10-05T00:00:00'), { fiveDaysUntil: at('10-10T00:00:00') });
  for (const n of FIFTY) {
    await sell(db, `W-${n}`, { sellerId: `S-${n % 5}`, credit: n % 2 === 0 });
    if (n < 40) await publish(db, `W-${n}`, view);
  }
  await Promise.all([
    ...FIFTY.filter((n) => n >= 40).map((n) => publish(db, `W-${n}`, view)),
    ...FIFTY.filter((n) => n % 2 === 0).map((n) => recordRepayment(db, `W-${n}`, at('10-20T00:00:00'))),
    ...FIFTY.filter((n) => n < 10).map((n) =>
      publish(db, `W-${n}`, refundedView(view, `W-${n}`, 10_000, at('10-06T00:00:00'))),
    ),
    run(db, OCTOBER, 1),
  ]);
  await run(db, { site: 'china', period: '202611' });
  const made = await db.select().from(bills);
  const found = (await Promise.all([0, 1, 2, 3, 4].map((n) => transactionsOf(db, `S-${n}`)))).flat();
  expect(found.filter(({ billingState }) => billingState === 'PENDING')).toEqual([]);
  const billed = found.filter(({ billingState }) => billingState === 'BILLED');
  expect(sum(made.map(({ transactions }) => transactions))).toBe(billed.length);
  // Forty sales stay; what of the others was billed before it was refunded has come off again.
  expect(sum(made.map(({ netMinor }) => netMinor))).toBe(40 * 9_750);
});

test('two sites that need the same deposit at once do not use it twice', async () => {
  const { db } = database;
  const seller = { name: 'Seller', email: 'ops@seller.example', language: 'zh' as const };
  await putSeller(db, testKeys, 'S1', { ...seller, accessKey: 'a-key-of-the-seller' });
  const runs = billingRuns(db);
  for (const site of ['china', 'intl'] as const) {
    const orderId = `W-${site}`;
    const view = await complete(db, orderId, at('09-05T00:00:00'), { site });
    await run(db, { site, period: '202609' });
    await publish(db, orderId, refundedView(view, orderId, 10_000, at('10-05T00:00:00')));
    await run(db, { site, period: '202610' });
    await runs.open({ site, period: '202611' });
  }
  const amount = { currency: 'CNY', minor: 12_000 };
  await Promise.all(FIFTY.map(() => recordDeposit(db, { depositId: 'D-1', sellerId: 'S1', amount })));
  await rivals(
    database,
    (tx) => tx.execute(`select 1 from sellers where id = 'S1' for no key update`),
    () =>
      (['china', 'intl'] as const).map((site) =>
        runs.billSellers({ site, period: '202611' }, { after: null, limit: 1 }),
      ),
  );
  const made = (await db.select().from(bills)).filter(({ period }) => period === '202611');
  expect(sum(made.map(({ depositUsedMinor }) => depositUsedMinor))).toBe(12_000);
  expect(sum(made.map(({ owedMinor }) => owedMinor))).toBe(2 * 9_750 - 12_000);
});
