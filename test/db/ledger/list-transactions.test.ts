import { eq } from 'drizzle-orm';
import type { OpenDatabase } from '../../../db/connect';
import { listTransactions } from '../../../db/ledger/list-transactions';
import { orderLines } from '../../../db/schema';
import { transactions } from '../../../db/ledger/schema';
import type { ListedTransaction, TransactionFilter } from '../../../domain/ledger/listed-transaction';
import { certify } from '../../support/certified';
import { openTestDatabase } from '../../support/database';
import {
  at,
  complete,
  completedView,
  lineIdOf,
  publish,
  refundedView,
  run,
  sell,
  unsubscriptionOf,
} from './world';

/** Lists of transactions: what is in them, in which order, and why it is not billed yet. */

let database: OpenDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const NOW = at('11-10T10:00:00');
const listed = async (filter: TransactionFilter, now = NOW) =>
  (await listTransactions(database.db, filter, {}, now)).items;
const ids = (items: ListedTransaction[]) => items.map(({ transactionId }) => transactionId).sort();

test('a refund has negative amounts beside the sale that it is of, both billed once their run was', async () => {
  const { db } = database;
  const view = await complete(db, 'A-1', at('10-05T10:00:00'), { sellerId: 'A', trade: 'selected' });
  await publish(db, 'A-1', refundedView(view, 'A-1', 4_000, at('10-20T10:00:00')));
  await run(db, { site: 'china', period: '202610' });
  const billId = 'A/202610/china/joint/CNY';
  const [refund, sale] = (await listed({ sellerId: 'A' })).sort((a, b) => a.gross.minor - b.gross.minor);
  expect(sale).toEqual({
    transactionId: 'sale/A-1-000001',
    kind: 'SALE',
    site: 'china',
    orderId: 'A-1',
    orderLineId: 'A-1-000001',
    sellerId: 'A',
    sellerName: null,
    buyerId: 'B1',
    productId: 'P1',
    productName: null,
    trade: 'selected',
    variant: 'joint',
    chargingMode: 'ONE_TIME',
    gross: { currency: 'CNY', minor: 10_000 },
    fee: { currency: 'CNY', minor: 250 },
    net: { currency: 'CNY', minor: 9_750 },
    feeRate: 250,
    orderedAt: expect.stringMatching(/\+08:00$/) as string,
    completedAt: '2026-10-05T10:00:00.000+08:00',
    accountPeriod: '202610',
    credit: false,
    repaidAt: null,
    billingState: 'BILLED',
    billId,
    keptBack: null,
  });
  expect(refund).toMatchObject({
    transactionId: 'refund/A-1-000001/A-1-000001-U1',
    kind: 'REFUND',
    gross: { minor: -4_000 },
    fee: { minor: -100 },
    net: { minor: -3_900 },
    completedAt: '2026-10-20T10:00:00.000+08:00',
    billingState: 'BILLED',
    billId,
  });
});

describe('what is not billed yet', () => {
  const reasonOf = async (orderId: string, now = NOW) => {
    const items = await listed({ orderId }, now);
    return items.map(({ keptBack }) => keptBack);
  };

  test('because its supervision is not finished, and then not any more under the same id', async () => {
    const { db } = database;
    await sell(db, 'N-1', { sellerId: 'N' });
    const [open] = await listed({ orderId: 'N-1' });
    expect(open).toMatchObject({
      transactionId: 'sale/N-1-000001',
      net: { minor: 9_750 },
      completedAt: null,
      accountPeriod: null,
      billingState: 'PENDING',
      keptBack: 'SUPERVISION_NOT_FINISHED',
    });
    await publish(db, 'N-1', completedView(at('11-09T10:00:00')));
    const [completed] = await listed({ orderId: 'N-1' });
    expect(completed).toMatchObject({
      transactionId: open!.transactionId,
      orderedAt: open!.orderedAt,
      keptBack: 'BILLING_DATE_NOT_REACHED',
    });
  });

  test('because a buyer on credit has not repaid, until it has', async () => {
    const { db } = database;
    await complete(db, 'N-2', at('11-02T10:00:00'), { sellerId: 'N', credit: true });
    expect(await reasonOf('N-2')).toEqual(['NOT_REPAID']);
    const repaidAt = at('11-09T00:00:00');
    await db.update(orderLines).set({ repaidAt }).where(eq(orderLines.orderId, 'N-2'));
    await db.update(transactions).set({ repaidAt }).where(eq(transactions.orderId, 'N-2'));
    expect(await reasonOf('N-2')).toEqual(['BILLING_DATE_NOT_REACHED']);
  });

  test('because its seller is not certified for the site, until it is; all else comes before', async () => {
    const { db } = database;
    const seller = { sellerId: 'U', site: 'china' } as const;
    const sold = { sellerId: 'U', certified: false };
    await sell(db, 'U-1', sold);
    await complete(db, 'U-2', at('11-02T10:00:00'), { ...sold, credit: true });
    await complete(db, 'U-3', at('11-02T10:00:00'), sold);
    await certify(db, { ...seller, site: 'intl' });
    expect(await reasonOf('U-1')).toEqual(['SUPERVISION_NOT_FINISHED']);
    expect(await reasonOf('U-2')).toEqual(['NOT_REPAID']);
    expect(await reasonOf('U-3')).toEqual(['SELLER_NOT_CERTIFIED']);
    expect(ids(await listed({ keptBack: 'SELLER_NOT_CERTIFIED' }))).toEqual(['sale/U-3-000001']);
    await certify(db, seller);
    expect(await reasonOf('U-3')).toEqual(['BILLING_DATE_NOT_REACHED']);
    await certify(db, seller, 'UNDER_REVIEW');
    expect(await reasonOf('U-3')).toEqual(['SELLER_NOT_CERTIFIED']);
  });

  test('because of the five days, to their last moment, and while a refund of them is asked for', async () => {
    const { db } = database;
    const fiveDaysUntil = at('11-07T10:00:00');
    await sell(db, 'N-3', { sellerId: 'N' });
    const view = completedView(at('11-02T10:00:00'), { node: 'FIVE_DAYS', fiveDaysUntil });
    await publish(db, 'N-3', view);
    expect(await reasonOf('N-3', fiveDaysUntil - 1)).toEqual(['FIVE_DAYS_OPEN']);
    expect(await reasonOf('N-3', fiveDaysUntil)).toEqual(['BILLING_DATE_NOT_REACHED']);
    const unsubscription = unsubscriptionOf('N-3', 10_000, 'APPROVED');
    await publish(db, 'N-3', { ...view, revision: 6, node: 'REFUNDING', unsubscription });
    expect(await reasonOf('N-3')).toEqual(['FIVE_DAYS_OPEN']);
    await publish(db, 'N-3', refundedView(view, 'N-3', 10_000, at('11-08T10:00:00')));
    expect(await reasonOf('N-3')).toEqual([]);
  });

  test('because the run that it is due in has not been', async () => {
    await complete(database.db, 'N-4', at('10-31T23:59:59.999'), { sellerId: 'N' });
    expect(await reasonOf('N-4', at('11-02T10:00:00'))).toEqual(['BILLING_DATE_NOT_REACHED']);
  });

  test('never a trial order, and nothing that was closed before it was completed', async () => {
    const { db } = database;
    await sell(db, 'N-5', { sellerId: 'N', trial: true });
    await sell(db, 'N-6', { sellerId: 'N' });
    const closed = completedView(0, { status: 'CLOSED', completion: null });
    await publish(db, 'N-6', closed);
    expect(await reasonOf('N-5')).toEqual([]);
    expect(await reasonOf('N-6')).toEqual([]);
  });
});

describe('filters', () => {
  beforeAll(async () => {
    const { db } = database;
    const view = await complete(db, 'F-1', at('09-30T23:59:59.999'), { sellerId: 'F' });
    await run(db, { site: 'intl', period: '202609' });
    await complete(db, 'F-2', at('10-01T00:00:00'), { sellerId: 'F', credit: true });
    await complete(db, 'F-3', at('10-02T00:00:00'), {
      sellerId: 'F',
      amount: { currency: 'USD', minor: 1 },
      site: 'intl',
    });
    await sell(db, 'F-4', { sellerId: 'F' });
    await publish(db, 'F-1', refundedView(view, 'F-1', 100, at('11-01T00:00:00')));
    await run(db, { site: 'intl', period: '202610' });
  });
  const sale = (orderId: string) => `sale/${lineIdOf(orderId)}`;
  const REFUND = 'refund/F-1-000001/F-1-000001-U1';

  test.each<[string, TransactionFilter, string[]]>([
    ['none', {}, [REFUND, sale('F-1'), sale('F-2'), sale('F-3'), sale('F-4')]],
    ['order', { orderId: 'F-1' }, [REFUND, sale('F-1')]],
    ['account period', { period: '202610' }, [sale('F-2'), sale('F-3')]],
    ['billed', { billingState: 'BILLED' }, [sale('F-3')]],
    ['pending', { billingState: 'PENDING' }, [REFUND, sale('F-1'), sale('F-2'), sale('F-4')]],
    ['reason', { keptBack: 'NOT_REPAID' }, [sale('F-2')]],
    ['reason of open lines', { keptBack: 'SUPERVISION_NOT_FINISHED' }, [sale('F-4')]],
    ['reason of what is due', { keptBack: 'BILLING_DATE_NOT_REACHED' }, [REFUND, sale('F-1')]],
    ['currency', { currency: 'USD' }, [sale('F-3')]],
    ['refunds', { kind: 'REFUND' }, [REFUND]],
    ['from a moment on', { completedFrom: at('10-02T00:00:00') }, [REFUND, sale('F-3')]],
    ['before a moment', { completedBefore: at('10-01T00:00:00') }, [sale('F-1')]],
    [
      'all of them together',
      { kind: 'SALE', completedFrom: at('10-01T00:00:00'), completedBefore: at('10-02T00:00:00') },
      [sale('F-2')],
    ],
    ['another seller', { sellerId: 'F-none' }, []],
  ])('%s', async (_name, filter, expected) => {
    expect(ids(await listed({ sellerId: 'F', ...filter }))).toEqual(expected);
  });
});

test('pages stay the same while orders come, are completed, refunded and billed', async () => {
  const { db } = database;
  const orderIds = Array.from({ length: 9 }, (_, n) => `G-${n}`);
  for (const orderId of orderIds) await sell(db, orderId, { sellerId: 'G' });
  const seen: string[] = [];
  let cursor: string | undefined;
  let newcomers = 0;
  do {
    const page = await listTransactions(db, { sellerId: 'G' }, { cursor, limit: 2 }, NOW);
    seen.push(...page.items.map(({ transactionId }) => transactionId));
    cursor = page.nextCursor ?? undefined;
    await complete(db, `G-new-${newcomers}`, at('11-05T10:00:00'), { sellerId: 'G' });
    await publish(db, `G-${newcomers}`, completedView(at('10-05T10:00:00')));
    newcomers += 1;
    await run(db, { site: 'china', period: '202610' });
  } while (cursor !== undefined);
  expect(newcomers).toBe(5);
  expect([...seen].sort()).toEqual(orderIds.map((orderId) => `sale/${lineIdOf(orderId)}`).sort());
});
