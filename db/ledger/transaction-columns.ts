import { bigint, boolean, integer, text } from 'drizzle-orm/pg-core';
import type { BillingState, BillVariant, TransactionKind } from '../../domain/ledger/transaction';
import type { Charging, Site, Trade } from '../../domain/schemas/order';
import { moment } from '../columns';

/** Minor units of the row's currency. */
export const minor = (name: string) => bigint(name, { mode: 'number' }).notNull();

/** What the table of transactions and the views of them have alike; see `Transaction`. */
export const transactionColumns = () => ({
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
  grossMinor: minor('gross_minor'),
  feeMinor: minor('fee_minor'),
  netMinor: minor('net_minor'),
  feeRate: integer('fee_rate').notNull(),
  orderedAt: moment('ordered_at').notNull(),
  fiveDaysUntil: moment('five_days_until'),
  unsubscribing: boolean().notNull(),
  credit: boolean().notNull(),
  repaidAt: moment('repaid_at'),
  billingState: text('billing_state').$type<BillingState>().notNull(),
});
