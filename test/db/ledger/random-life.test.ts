import fc from 'fast-check';
import type { Database } from '../../../db/connect';
import { checkLedger } from '../../../db/ledger/check';
import { recordDeposit } from '../../../db/ledger/deposits';
import { recordRepayment } from '../../../db/ledger/repayments';
import { bills, transactions } from '../../../db/ledger/schema';
import { putSeller } from '../../../db/sellers';
import { cutOffOf } from '../../../domain/ledger/account-period';
import type { LineView } from '../../../domain/order-line';
import type { Site, Trade } from '../../../domain/schemas/order';
import { openTestDatabase, testKeys } from '../../support/database';
import { at, completedView, everything, lineIdOf, publish, refundedView, run, sell } from './world';

/**
 * Any sequence of completions, refunds, repayments, deposits, runs and runs again over some months, also late: sums
 * balance, no transaction is in two bills, none is lost, and nobody is paid more or less than what was sold.
 */

const PERIODS = ['202609', '202610', '202611', '202612', '202701'];
/** The months after, until nothing is left to deduct. */
const REST = ['202702', '202703', '202704', '202705'];
const END = cutOffOf('202701');
const BEGIN = at('09-01T00:00:00');

/** Edges of months are as likely as all other moments together. */
const moment = fc.oneof(
  fc.integer({ min: BEGIN, max: END - 1 }),
  fc
    .tuple(fc.constantFrom(...PERIODS), fc.constantFrom(-1, 0, 1))
    .map(([period, off]) => cutOffOf(period) + off),
);

const deed = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('complete' as const),
      at: moment,
      seller: fc.constantFrom('S1', 'S2'),
      site: fc.constantFrom<Site>('china', 'intl'),
      trade: fc.constantFrom<Trade>('general', 'general', 'own'),
      currency: fc.constantFrom('CNY', 'CNY', 'USD'),
      minor: fc.oneof(fc.integer({ min: 0, max: 20_000 }), fc.constant(100_000_000_000_000)),
      feeRate: fc.integer({ min: 0, max: 10_000 }),
      credit: fc.boolean(),
      trial: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
      fiveDays: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('refund' as const),
      at: moment,
      line: fc.nat(),
      part: fc.constantFrom(0, 0.3, 1, 1),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('repay' as const), at: moment, line: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('deposit' as const),
      id: fc.constantFrom('D1', 'D2', 'D3'),
      seller: fc.constantFrom('S1', 'S2'),
      minor: fc.constantFrom(1, 5_000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('run' as const),
      period: fc.constantFrom(...PERIODS),
      site: fc.constantFrom<Site>('china', 'intl'),
      limit: fc.integer({ min: 1, max: 3 }),
    }),
  },
);
type Deed = typeof deed extends fc.Arbitrary<infer Value> ? Value : never;

/** What is known of the lines beside the ledger. */
interface Line {
  orderId: string;
  view: LineView;
  minor: number;
  currency: string;
  trial: boolean;
  credit: boolean;
  repaid: boolean;
  refunded: boolean;
}

async function live(db: Database, deeds: readonly Deed[]): Promise<Line[]> {
  const lines: Line[] = [];
  for (const todo of deeds) await act(db, lines, todo);
  return lines;
}

async function act(db: Database, lines: Line[], todo: Deed): Promise<void> {
  switch (todo.do) {
    case 'complete': {
      const { seller: sellerId, site, trade, currency, minor, feeRate, credit, trial } = todo;
      const orderId = `L-${lines.length}`;
      const amount = { currency, minor };
      await sell(db, orderId, { sellerId, site, trade, amount, feeRate, credit, trial });
      const fiveDaysUntil = todo.fiveDays ? todo.at + 5 * 86_400_000 : null;
      const view = completedView(todo.at, { fiveDaysUntil });
      await publish(db, orderId, view);
      const known = { minor, currency, trial, credit, repaid: false, refunded: false };
      lines.push({ orderId, view, ...known });
      return;
    }
    case 'refund': {
      const line = lines[todo.line % lines.length];
      if (!line || line.refunded) return;
      line.refunded = true;
      const minor = Math.round(line.minor * todo.part);
      const view = refundedView(
        line.view,
        line.orderId,
        minor,
        Math.max(todo.at, line.view.completion!.completedAt),
      );
      view.unsubscription!.amount.currency = line.currency;
      await publish(db, line.orderId, view);
      return;
    }
    case 'repay': {
      const line = lines[todo.line % lines.length];
      if (!line?.credit || line.repaid) return;
      line.repaid = true;
      return recordRepayment(db, line.orderId, todo.at);
    }
    case 'deposit': {
      const { id: depositId, seller: sellerId, minor } = todo;
      const amount = { currency: 'CNY', minor };
      await recordDeposit(db, { depositId, sellerId, amount }).catch((error: unknown) => {
        if ((error as { code?: string }).code !== 'DEPOSIT_CONFLICT') throw error;
      });
      return;
    }
    case 'run': {
      const { site, period, limit } = todo;
      await run(db, { site, period }, limit);
    }
  }
}

/** Every line is a transaction, but for trials; and in the end every one is billed, void, or kept back for a reason. */
async function nothingLost(db: Database, lines: readonly Line[]): Promise<void> {
  const rows = await db.select().from(transactions);
  const sales = rows.filter(({ kind }) => kind === 'SALE').map(({ orderLineId }) => orderLineId);
  const sold = lines.filter(({ trial }) => !trial).map(({ orderId }) => lineIdOf(orderId));
  expect(sales.sort()).toEqual(sold.sort());
  const pending = rows.filter(({ billingState }) => billingState === 'PENDING');
  expect(pending.filter(({ credit, repaidAt }) => !credit || repaidAt !== null)).toEqual([]);
}

test('any life of the ledger adds up', async () => {
  const check = fc.asyncProperty(
    fc.array(deed, { minLength: 15, maxLength: 60, size: 'max' }),
    async (deeds) => {
      const database = await openTestDatabase();
      const { db } = database;
      try {
        for (const id of ['S1', 'S2']) {
          const seller = { name: id, email: 'ops@seller.example', language: 'zh' as const };
          await putSeller(db, testKeys, id, { ...seller, accessKey: 'a-key-of-the-seller' });
        }
        const lines = await live(db, deeds);
        expect(await checkLedger(db)).toEqual([]);
        // Some more months of both sites take what is left, and what was carried over, once.
        for (const period of REST) {
          for (const site of ['china', 'intl'] as const) await run(db, { site, period }, 2);
        }
        expect(await checkLedger(db)).toEqual([]);
        await nothingLost(db, lines);
        const before = await everything(database);
        for (const period of [...PERIODS, ...REST]) {
          for (const site of ['china', 'intl'] as const) await run(db, { site, period }, 1);
        }
        expect(await everything(database)).toEqual(before);
        expect(await checkLedger(db)).toEqual([]);
        for (const bill of await db.select().from(bills)) expect(bill.payableMinor).toBeGreaterThanOrEqual(0);
      } finally {
        await database.close();
      }
    },
  );
  // What fails is told before Jest gives up, though it may not be the shortest life that does.
  await fc.assert(check, { numRuns: 15, interruptAfterTimeLimit: 120_000 });
});
