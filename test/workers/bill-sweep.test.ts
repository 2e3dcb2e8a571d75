import { billBooks } from '../../db/billing/bill-books';
import { saveBillView } from '../../db/billing/bill-views';
import type { OpenDatabase } from '../../db/connect';
import { startingBillView, type BillStart } from '../../domain/billing/life';
import { BILL_WINDOWS } from '../../domain/billing/windows';
import { sweepBills } from '../../workers/bill-sweep';
import { createLogger } from '../../workers/logger';
import { at, complete, run } from '../db/ledger/world';
import { openTestDatabase } from '../support/database';
import { eventually } from '../support/eventually';

/** Bills whose run has not started them are started by the sweep. */

let database: OpenDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

const idOf = (sellerId: string) => `${sellerId}/202610/china/general/CNY`;

test('it starts what has no view, by the rules of today, and goes on after a failure', async () => {
  const { db } = database;
  for (const sellerId of ['S1', 'S2', 'S3']) {
    await complete(db, `SW-${sellerId}`, at('10-01T00:00:00'), { sellerId });
  }
  await run(db, { site: 'china', period: '202610' });
  const logged: string[] = [];
  const logger = createLogger({ level: 'info', destination: { write: (line) => void logged.push(line) } });
  const started: BillStart[] = [];
  let away = true;
  const start = async (bill: BillStart): Promise<void> => {
    if (away && bill.bill.sellerId === 'S2') throw new Error('Temporal is away');
    started.push(bill);
    await saveBillView(db, bill.bill.id, { ...startingBillView(bill.bill), revision: 1 });
  };
  const billWindows = BILL_WINDOWS.standard;
  const deps = { bills: billBooks(db), billStarter: { start }, billWindows };
  const sweep = sweepBills({ deps, logger, interval: 10 });
  const ids = () => Promise.resolve(started.map(({ bill }) => bill.id));
  await eventually(
    () => Promise.resolve(logged),
    (lines) => lines.length > 0,
  );
  expect(await ids()).toEqual([idOf('S1')]);
  away = false;
  await eventually(ids, (found) => found.length === 3);
  await sweep.stop();
  expect(await ids()).toEqual(['S1', 'S2', 'S3'].map(idOf));
  expect(started[0]?.windows).toEqual(billWindows);
  expect(started[0]?.bill).toMatchObject({ payableMinor: 9_750, transactions: 1 });
});
