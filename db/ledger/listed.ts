import { sql, type SQL } from 'drizzle-orm';
import { pgView, text } from 'drizzle-orm/pg-core';
import { moment } from '../columns';
import { transactionColumns } from './transaction-columns';

const COLUMNS = {
  ...transactionColumns(),
  key: text().notNull(),
  billId: text('bill_id'),
  /** These two are null while the line is open. */
  completedAt: moment('completed_at'),
  accountPeriod: text('account_period'),
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
