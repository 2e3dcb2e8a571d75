import { sql } from 'drizzle-orm';
import { certificationStore } from '../../db/certification/certifications';
import type { OpenDatabase } from '../../db/connect';
import type { Keyring } from '../../db/keyring';
import { registerOrder } from '../../db/orders';
import { startingView, viewStore } from '../../db/views';
import { UNCERTIFIED } from '../../domain/certification/certification';
import { newOrder, startOf } from '../order';
import type { LedgerSize } from './ledger-size';

/** Of each transaction, in basis points. */
const FEE_RATE = 250;
/** How many rows of a table a statement makes. */
const AT_ONCE = 10_000;
/** The first order's id ends with this one. */
const FIRST = 0;
const SELLER = 'seller-00000';

/**
 * Fills an empty ledger: an order of one line is placed and completed as every order is, and its rows are copied, that of
 * each table as often as needed, with other ids and sellers. All sellers are certified.
 *
 * @param completedAt of all lines (epoch milliseconds)
 */
export async function fillLedger(
  { db, kind }: OpenDatabase,
  keyring: Keyring,
  { sellers, transactions }: LedgerSize,
  completedAt: number,
): Promise<void> {
  const order = newOrder('saas', 'L', FIRST);
  const { line, windows } = startOf(order);
  const start = { line: { ...line, sellerId: SELLER, feeRate: FEE_RATE }, windows };
  const body = { ...order.body, lines: order.body.lines.map((sold) => ({ ...sold, sellerId: SELLER })) };
  await registerOrder(db, keyring, {
    ...{ body, starts: [start] },
    begins: () => ({ node: 'OPENING', waitingFor: 'seller' }),
  });
  await viewStore(db).save(order.orderId, order.orderLineId, {
    ...startingView({ node: 'ENDED', waitingFor: 'nobody' }),
    ...{ revision: 1, status: 'COMPLETED' },
    completion: { completedAt, validFrom: completedAt, validUntil: null },
    fiveDaysUntil: null,
  });
  for (let from = FIRST + 1; from < transactions; from += AT_ONCE) {
    const to = Math.min(from + AT_ONCE, transactions) - 1;
    for (const copy of COPIES) await db.execute(sql.raw(copy(`generate_series(${from}, ${to})`, sellers)));
  }
  await certificationStore(db).save(
    { sellerId: SELLER, site: 'china' },
    { ...UNCERTIFIED, node: 'CERTIFIED', revision: 1 },
  );
  const others = `generate_series(1, ${sellers - 1})`;
  await db.execute(
    sql.raw(copies('certifications', `seller_id = '${SELLER}'`, others, `'seller_id', ${sellerOf(sellers)}`)),
  );
  // PostgreSQL does it by itself after a while, the embedded one never.
  if (kind === 'postgres') await db.execute('analyze');
}

const ORDER = `'CS-L-' || n`;
const LINE = `${ORDER} || '-000001'`;
const KEY = `'sale/' || ${LINE}`;
const sellerOf = (sellers: number) => `'seller-' || lpad((n % ${sellers})::text, 5, '0')`;

/** Statements that copy the first order's row of a table for each of some numbers. */
const COPIES: ((numbers: string, sellers: number) => string)[] = [
  (numbers) => copies('orders', `id = 'CS-L-${FIRST}'`, numbers, `'id', ${ORDER}`),
  (numbers, sellers) =>
    copies(
      ...(['order_lines', `order_id = 'CS-L-${FIRST}'`, numbers] as const),
      `'order_id', ${ORDER}, 'id', ${LINE}, 'seller_id', ${sellerOf(sellers)}`,
    ),
  (numbers, sellers) =>
    copies(
      ...(['transactions', `order_id = 'CS-L-${FIRST}'`, numbers] as const),
      `'key', ${KEY}, 'order_id', ${ORDER}, 'order_line_id', ${LINE}, 'seller_id', ${sellerOf(sellers)}`,
    ),
  (numbers) => `
    insert into journal_entries (key, kind, posted_at)
    select ${KEY}, kind, posted_at from (${FIRST_ENTRY}) as first, ${numbers} as n`,
  (numbers, sellers) => `
    insert into journal_postings (entry_id, account, seller_id, currency, amount_minor)
    select made.id, account, ${sellerOf(sellers)}, currency, amount_minor
    from ${numbers} as n join journal_entries as made on made.key = ${KEY},
      (${FIRST_ENTRY}) as first join journal_postings on entry_id = first.id`,
];

const FIRST_ENTRY = `select * from journal_entries where key = 'sale/CS-L-${FIRST}-000001'`;

/** @param change pairs of column and value */
function copies(table: string, first: string, numbers: string, change: string): string {
  return `
    insert into ${table} select copy.*
    from (select t from ${table} as t where ${first}) as first (t), ${numbers} as n,
      jsonb_populate_record(first.t, jsonb_build_object(${change})) as copy`;
}
