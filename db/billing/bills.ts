import { and, asc, desc, eq, gt, isNull, sql, type SQL } from 'drizzle-orm';
import type { Page } from '../../domain/answers';
import { startingBillView, type BillView } from '../../domain/billing/life';
import type { BillNode } from '../../domain/billing/nodes';
import type { Bill, RunKey } from '../../domain/ledger/bill';
import type { Database } from '../connect';
import { equals } from '../equals';
import { ofRun } from '../ledger/runs';
import { bills } from '../ledger/schema';
import { pageOf, positionOf, rowsToRead, type PageRequest } from '../pages';
import { billLives } from './schema';

/** A bill as it was drawn, and how far it is: the newest view that its workflow wrote, or that of its begin. */
export interface RegisteredBill {
  bill: Bill;
  view: BillView;
}

/** What a list is narrowed by; all of them together. */
export interface BillFilter {
  sellerId?: string | undefined;
  period?: string | undefined;
  node?: BillNode | undefined;
}

export async function getBill(db: Database, id: string): Promise<RegisteredBill | undefined> {
  const [row] = await select(db).where(eq(bills.id, id));
  return row && registered(row);
}

/** Bills of the newest months first. */
export async function listBills(
  db: Database,
  filter: BillFilter,
  page: PageRequest = {},
): Promise<Page<RegisteredBill>> {
  const rows = await select(db)
    .where(and(matches(filter), page.cursor === undefined ? undefined : after(page.cursor)))
    .orderBy(desc(bills.period), desc(bills.id))
    .limit(rowsToRead(page));
  return pageOf(rows.map(registered), page, ({ bill }) => [Number(bill.period), bill.id]);
}

/** Bills whose workflow has written nothing yet, by id, at most `limit` of those after one of them. */
export async function unstartedBills(
  db: Database,
  { run, after: last, limit }: { run?: RunKey; after: string | null; limit: number },
): Promise<Bill[]> {
  const rows = await select(db)
    .where(
      and(isNull(billLives.billId), run && ofRun(bills, run), last === null ? undefined : gt(bills.id, last)),
    )
    .orderBy(asc(bills.id))
    .limit(limit);
  return rows.map(({ bill }) => bill);
}

function select(db: Database) {
  return db
    .select({ bill: bills, view: billLives.view })
    .from(bills)
    .leftJoin(billLives, eq(billLives.billId, bills.id));
}

function registered({ bill, view }: { bill: Bill; view: BillView | null }): RegisteredBill {
  return { bill, view: view ?? startingBillView(bill) };
}

function matches({ sellerId, period, node }: BillFilter): SQL | undefined {
  return and(
    equals(bills.sellerId, sellerId),
    equals(bills.period, period),
    node && sql`coalesce(${billLives.node}, 'GENERATED') = ${node}`,
  );
}

/** A page's position is a moment and ids; of bills the month stands for the moment. */
function after(cursor: string): SQL {
  const [month, id = ''] = positionOf(cursor, 1);
  return sql`(${bills.period}, ${bills.id}) < (${String(month)}, ${id})`;
}
