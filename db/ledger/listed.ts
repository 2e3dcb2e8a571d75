import { sql, type SQL } from 'drizzle-orm';
import { bigint, boolean, integer, pgView, text } from 'drizzle-orm/pg-core';
import type { BillingState, BillVariant, TransactionKind } from '../../domain/ledger/transaction';
import type { Charging, Site, Trade } from '../../domain/schemas/order';
import { moment } from '../columns';

const COLUMNS = {
  key: text().notNull(),
  kind: text().$type<TransactionKind>().notNull(),
  site: text().$type<Site>().notNull(),
  orderId: text('order_id').notNull(),
  orderLineId: text('order_line_id').notNull(),
  sellerId: text('seller_id').notNull(),
  buyerId: text('buyer_id').notNull(),
  productId: text('product_id').notNull(),
  trade: text().$type<Trade>().notNull(),
  variant: text().$type<BillVariant>().notNull(),
  chargingMode: text('charging_mode').$type<Charging['mode']>().notNull(),
  currency: text().notNull(),
  grossMinor: bigint('gross_minor', { mode: 'number' }).notNull(),
  feeMinor: bigint('fee_minor', { mode: 'number' }).notNull(),
  netMinor: bigint('net_minor', { mode: 'number' }).notNull(),
  feeRate: integer('fee_rate').notNull(),
  orderedAt: moment('ordered_at').notNull(),
  /** These two are null while the line is open. */
  completedAt: moment('completed_at'),
  accountPeriod: text('account_period'),
  fiveDaysUntil: moment('five_days_until'),
  unsubscribing: boolean().notNull(),
  credit: boolean().notNull(),
  repaidAt: moment('repaid_at'),
  billingState: text('billing_state').$type<BillingState>().notNull(),
  billId: text('bill_id'),
};

/** Those in the ledger. Never there: sales that went back within the five days, and their refunds (domain.md 5.1). */
const POSTED = sql`
  select key, kind, site, order_id, order_line_id, seller_id, buyer_id, product_id, trade, variant, charging_mode,
    currency, gross_minor, fee_minor, net_minor, fee_rate, ordered_at, completed_at, account_period, five_days_until,
    unsubscribing, credit, repaid_at, billing_state, bill_id
  from transactions
  where billing_state <> 'VOID'`;

/** What of open lines will be one, as the sale that it is to become; but for trial orders (domain.md 5.1). */
const OPEN = sql`
  select 'sale/' || id as key, 'SALE' as kind, line ->> 'site' as site, order_id, id as order_line_id, seller_id,
    buyer_id, product_id, trade, case trade when 'general' then 'general' else 'joint' end as variant,
    line -> 'charging' ->> 'mode' as charging_mode, amount_currency as currency, amount_minor as gross_minor, fee_minor,
    amount_minor - fee_minor as net_minor, fee_rate, created_at as ordered_at, null::timestamptz (3) as completed_at,
    null::text as account_period, null::timestamptz (3) as five_days_until, false as unsubscribing, credit, repaid_at,
    'PENDING' as billing_state, null::text as bill_id
  from (
    select *, start -> 'line' as line, coalesce(start -> 'line' ->> 'trade', 'general') as trade,
      (start -> 'line' ->> 'feeRate')::integer as fee_rate,
      div(amount_minor * (start -> 'line' ->> 'feeRate')::numeric + 5000, 10000)::bigint as fee_minor
    from order_lines
    where status = 'PROCESSING' and not (start -> 'line' ->> 'trial')::boolean
  ) as open_line`;

/** Views that are alike, whatever their names. */
const view = (name: string, query: SQL) => pgView(name, COLUMNS).as(query);

/** All that a seller sees as its transactions: `postedTransactions` and `openTransactions`. */
export const listedTransactions = view('listed_transactions', sql`${POSTED}\n  union all${OPEN}`);

/** The first part of them by itself: sorted lists are read by its own index, which a union hides. */
export const postedTransactions = view('posted_transactions', POSTED);

/** The second part of them by itself. */
export const openTransactions = view('open_transactions', OPEN);
