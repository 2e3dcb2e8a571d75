import { eq } from 'drizzle-orm';
import type { OpenDatabase } from '../../../db/connect';
import { checkLedger } from '../../../db/ledger/check';
import { orderLines } from '../../../db/schema';
import { columnsOf } from '../../../db/views';
import type { LineView } from '../../../domain/order-line';
import { openTestDatabase } from '../../support/database';
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

/** What workers of a release without a ledger wrote into the registry is posted when a run is opened. */

let database: OpenDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => closeClean(database));

/** As `viewStore` of a release before 0.5.0 did it. */
async function publishBefore(orderId: string, view: LineView): Promise<void> {
  await database.db.update(orderLines).set(columnsOf(view)).where(eq(orderLines.orderId, orderId));
}

test('more lines than are posted at once, with their refunds, are in the bill', async () => {
  const { db } = database;
  const view = completedView(at('10-05T00:00:00'));
  for (let n = 0; n <= 500; n += 1) {
    await sell(db, `U-${n}`);
    await publishBefore(`U-${n}`, n === 0 ? refundedView(view, 'U-0', 5_000, at('10-06T00:00:00')) : view);
  }
  await sell(db, 'U-open');
  await publishBefore('U-open', { ...view, status: 'PROCESSING', node: 'ACCEPTING', completion: null });
  // Not seen yet is not lost.
  expect(await checkLedger(db)).toEqual([]);
  expect(await run(db, { site: 'china', period: '202610' })).toMatchObject({ transactions: 502 });
});

test('a refund that an older worker wrote after a sale of this one is not missed', async () => {
  const { db } = database;
  const view = await complete(db, 'U-1', at('10-05T00:00:00'));
  await publishBefore('U-1', refundedView(view, 'U-1', 5_000, at('10-06T00:00:00')));
  await publish(db, 'U-1', view);
  expect(await transactionsOf(db, 'S1')).toHaveLength(1);
  expect(await run(db, { site: 'china', period: '202610' })).toMatchObject({ transactions: 2 });
});
