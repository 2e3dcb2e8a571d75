import { sql } from 'drizzle-orm';
import { bigint, boolean, integer, pgView, text } from 'drizzle-orm/pg-core';
import type { BillingState, BillVariant, TransactionKind } from '../../domain/ledger/transaction';
import type { Charging, Site, Trade } from '../../domain/schemas/order';
import { moment } from '../columns';

/**
 * All that a seller sees as its transactions: those in the ledger, and what of open lines will be one, as the sale that
 * it is to become. Both parts are read by their own indexes. Never there: trial orders, and sales that went back within
 * the five days (domain.md 5.1).
 */
export const listedTransactions = pgView('listed_transactions', {
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
}).as(sql`
  select key, kind, site, order_id, order_line_id, seller_id, buyer_id, product_id, trade, variant, charging_mode,
    currency, gross_minor, fee_minor, net_minor, fee_rate, ordered_at, completed_at, account_period, five_days_until,
    unsubscribing, credit, repaid_at, billing_state, bill_id
  from transactions
  where billing_state <> 'VOID'
  union all
  select 'sale/' || id, 'SALE', line ->> 'site', order_id, id, seller_id, buyer_id, product_id, trade,
    case trade when 'general' then 'general' else 'joint' end, line -> 'charging' ->> 'mode',
    amount_currency, amount_minor, fee_minor, amount_minor - fee_minor, fee_rate, created_at, null, null, null,
    false, credit, repaid_at, 'PENDING', null
  from (
    select *, start -> 'line' as line, coalesce(start -> 'line' ->> 'trade', 'general') as trade,
      (start -> 'line' ->> 'feeRate')::integer as fee_rate,
      div(amount_minor * (start -> 'line' ->> 'feeRate')::numeric + 5000, 10000)::bigint as fee_minor
    from order_lines
    where status = 'PROCESSING' and not (start -> 'line' ->> 'trial')::boolean
  ) as open_line`);
