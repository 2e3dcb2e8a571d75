import { and, asc, count, gt, inArray, sql, sum } from 'drizzle-orm';
import { StewardError } from '../../domain/errors';
import type { Bill, RunKey, SellersBilled } from '../../domain/ledger/bill';
import { drawBills, mergeSums, needsDeposit, type BillSums } from '../../domain/ledger/draw-bills';
import { billEntry } from '../../domain/ledger/journal';
import type { Money } from '../../domain/money';
import type { Database } from '../connect';
import { sellers } from '../schema';
import { billIdOf } from './bill-id';
import { isCarried } from './due';
import { writeEntries } from './journal';
import { markDue } from './mark-due';
import { ofRun, runOf } from './runs';
import { bills, journalPostings, settlementSellers } from './schema';

/** About how many transactions are billed in one SQL transaction: a seller with more has a page for itself. */
const TRANSACTIONS_A_PAGE = 20_000;

/**
 * Bills the next page of a run's sellers, all or nothing. Who is on the page was fixed when the run was opened, so that
 * a repetition finds the same sellers, sees that they have their bills, and answers as before.
 *
 * @throws `RUN_NOT_OPEN`
 */
export function billSellers(
  db: Database,
  run: RunKey,
  { after, limit }: { after: string | null; limit: number },
): Promise<SellersBilled> {
  return db.transaction(async (tx) => {
    const kept = await runOf(tx, run);
    if (!kept) throw new StewardError('RUN_NOT_OPEN', { ...run });
    const { page, done } = await nextSellers(tx, run, after, limit);
    const open = page.filter(({ billedAt }) => billedAt === null).map(({ sellerId }) => sellerId);
    if (open.length > 0) await bill(tx, run, kept.cutOff, open);
    const [made] = await tx
      .select({ bills: count(), transactions: sum(bills.transactions).mapWith(Number) })
      .from(bills)
      .where(
        and(
          ofRun(bills, run),
          inArray(
            bills.sellerId,
            page.map(({ sellerId }) => sellerId),
          ),
        ),
      );
    const last = page.at(-1)?.sellerId ?? null;
    return {
      last,
      done,
      sellers: page.length,
      bills: made?.bills ?? 0,
      transactions: made?.transactions ?? 0,
    };
  });
}

/** The sellers after one of them, locked: whoever asks for the same page at the same time waits. */
async function nextSellers(tx: Database, run: RunKey, after: string | null, limit: number) {
  const { sellerId, transactions, billedAt } = settlementSellers;
  const ahead = await tx
    .select({ sellerId, transactions, billedAt })
    .from(settlementSellers)
    .where(and(ofRun(settlementSellers, run), after === null ? undefined : gt(sellerId, after)))
    .orderBy(asc(sellerId))
    .limit(limit + 1)
    .for('update');
  let room = TRANSACTIONS_A_PAGE;
  const page = ahead.slice(0, limit).filter((seller, n) => {
    room -= seller.transactions;
    return n === 0 || room >= 0;
  });
  return { page, done: page.length === ahead.length };
}

async function bill(tx: Database, run: RunKey, cutOff: number, sellerIds: string[]): Promise<void> {
  const found = await markDue(tx, run, cutOff, sellerIds);
  const sums = mergeSums(run, [...found, ...(await takeCarried(tx, run, sellerIds))]);
  const made = drawBills(run, sums, await depositsFor(tx, sums.filter(needsDeposit)));
  if (made.length > 0) {
    await tx.insert(bills).values(made);
    await writeEntries(tx, made.map(billEntry));
  }
  await tx
    .update(settlementSellers)
    .set({ billedAt: Date.now() })
    .where(and(ofRun(settlementSellers, run), inArray(settlementSellers.sellerId, sellerIds)));
}

/** What bills of earlier runs carried over: from here on it is in the bills of this one. */
async function takeCarried(tx: Database, run: RunKey, sellerIds: string[]): Promise<BillSums[]> {
  const { sellerId, variant, currency, carriedOutMinor } = bills;
  const taken = await tx
    .update(bills)
    .set({ carriedTo: billIdOf(bills, run.period) })
    .where(and(isCarried(run), inArray(sellerId, sellerIds)))
    .returning({ sellerId, variant, currency, carriedInMinor: carriedOutMinor });
  return taken.map((carried) => ({ ...NOTHING, ...carried }));
}

const NOTHING = { transactions: 0, grossMinor: 0, refundsMinor: 0, feeMinor: 0, netMinor: 0 };

/** What sellers have left of their deposits, locked against runs of other sites, which share them. */
async function depositsFor(
  tx: Database,
  needy: readonly Pick<Bill, 'sellerId'>[],
): Promise<(Money & { sellerId: string })[]> {
  if (needy.length === 0) return [];
  const ids = needy.map(({ sellerId }) => sellerId);
  const locked = tx.select({ id: sellers.id }).from(sellers).where(inArray(sellers.id, ids));
  await locked.orderBy(asc(sellers.id)).for('no key update');
  const { sellerId, currency, account, amountMinor } = journalPostings;
  return tx
    .select({ sellerId, currency, minor: sql`-${sum(amountMinor)}`.mapWith(Number) })
    .from(journalPostings)
    .where(and(sql`${account} = 'DEPOSIT'`, inArray(sellerId, ids)))
    .groupBy(sellerId, currency);
}
