import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { LineView, LogEntry, OrderLineStart } from '../domain/order-line';
import type { BillMailKind } from '../domain/billing/mail';
import type { CertificationMailKind } from '../domain/certification/mail';
import type { MailKind, MailRecipient } from '../domain/mail';
import type { Node, Status } from '../domain/nodes';
import type { Role, WaitingFor } from '../domain/parties';
import type { Language } from '../domain/schemas/primitives';
import type { Delivery, OrderType, Site } from '../domain/schemas/order';
import type { SellerActivity } from '../domain/seller-calls';
import { json, moment } from './columns';

/** Sellers. Columns named `…Encrypted` hold texts of `db/encryption.ts`. */
export const sellers = pgTable('sellers', {
  id: text().primaryKey(),
  name: text().notNull(),
  email: text().notNull(),
  language: text().$type<Language>().notNull(),
  accessKeyEncrypted: text('access_key_encrypted').notNull(),
  previousAccessKeyEncrypted: text('previous_access_key_encrypted'),
  keyChangedAt: moment('key_changed_at').notNull(),
});

/** What sellers sell. `productionUrl` is there for products that Steward opens itself (`saas`). */
export const products = pgTable(
  'products',
  {
    sellerId: text('seller_id')
      .notNull()
      .references(() => sellers.id),
    id: text().notNull(),
    name: text().notNull(),
    productionUrl: text('production_url'),
    /** The platform's fee in basis points. */
    feeRate: integer('fee_rate').notNull(),
  },
  (product) => [primaryKey({ columns: [product.sellerId, product.id] })],
);

/** Each order that was ever placed; the hash tells a repetition from a conflict, for ever. */
export const orders = pgTable('orders', {
  id: text().primaryKey(),
  bodySha256: text('body_sha256').notNull(),
  site: text().$type<Site>().notNull(),
  orderType: text('order_type').$type<OrderType>().notNull(),
  createdAt: moment('created_at').notNull(),
});

/** The lines of orders with the newest view that their workflows wrote; `revision` 0 was never started. */
export const orderLines = pgTable(
  'order_lines',
  {
    orderId: text('order_id')
      .notNull()
      .references(() => orders.id),
    id: text().notNull(),
    sellerId: text('seller_id').notNull(),
    buyerId: text('buyer_id').notNull(),
    productId: text('product_id').notNull(),
    skuId: text('sku_id').notNull(),
    delivery: text().$type<Delivery>().notNull(),
    amountCurrency: text('amount_currency').notNull(),
    amountMinor: bigint('amount_minor', { mode: 'number' }).notNull(),
    contactEncrypted: text('contact_encrypted').notNull(),
    /** The buyer pays on credit, and when it has; orders of releases before 0.4.0 were all taken for paid. */
    credit: boolean().notNull().default(false),
    repaidAt: moment('repaid_at'),
    start: json<OrderLineStart>('start').notNull(),
    revision: integer().notNull().default(0),
    /** The view that the ledger has seen last: an older release does not show it any. */
    ledgerRevision: integer('ledger_revision').notNull().default(0),
    status: text().$type<Status>().notNull(),
    node: text().$type<Node>().notNull(),
    waitingFor: text('waiting_for').$type<WaitingFor>().notNull(),
    dueAt: moment('due_at'),
    view: json<LineView>('view'),
    appInfoEncrypted: text('app_info_encrypted'),
    createdAt: moment('created_at').notNull(),
  },
  (line) => [
    primaryKey({ columns: [line.orderId, line.id] }),
    // Refund and event ids are made of the line's id alone (domain/ids.ts): it must be one line's only.
    uniqueIndex('order_lines_id').on(line.id),
    index('order_lines_page').on(line.createdAt, line.orderId, line.id),
    index('order_lines_seller').on(line.sellerId, line.createdAt),
    index('order_lines_buyer').on(line.buyerId, line.createdAt),
    index('order_lines_status').on(line.status, line.createdAt),
    index('order_lines_node').on(line.node, line.createdAt),
    index('order_lines_waiting_for').on(line.waitingFor, line.createdAt),
    index('order_lines_delivery').on(line.delivery, line.createdAt),
    index('order_lines_due_at').on(line.dueAt),
    index('order_lines_unstarted')
      .on(line.createdAt)
      .where(sql`${line.revision} = 0`),
    index('order_lines_unposted')
      .on(line.orderId, line.id)
      .where(sql`${line.status} <> 'PROCESSING' and ${line.ledgerRevision} < ${line.revision}`),
  ],
);

/** The whole log of each line; its workflow keeps only the newest entries. */
export const orderLog = pgTable(
  'order_log',
  {
    orderId: text('order_id').notNull(),
    orderLineId: text('order_line_id').notNull(),
    seq: integer().notNull(),
    entry: json<LogEntry>('entry').notNull(),
  },
  (log) => [
    primaryKey({ columns: [log.orderId, log.orderLineId, log.seq] }),
    foreignKey({
      columns: [log.orderId, log.orderLineId],
      foreignColumns: [orderLines.orderId, orderLines.id],
    }),
  ],
);

/** Every call to a seller (生产接口消息). A row without `ms` is running, or Steward stopped during the call. */
export const sellerCalls = pgTable(
  'seller_calls',
  {
    callId: text('call_id').primaryKey(),
    orderId: text('order_id').notNull(),
    orderLineId: text('order_line_id').notNull(),
    sellerId: text('seller_id').notNull(),
    activity: text().$type<SellerActivity>().notNull(),
    attempt: integer().notNull(),
    at: moment('at').notNull(),
    ms: integer(),
    httpStatus: integer('http_status'),
    resultCode: text('result_code'),
    exception: text(),
  },
  (call) => [
    index('seller_calls_page').on(call.at, call.callId),
    index('seller_calls_order').on(call.orderId, call.at),
    index('seller_calls_seller').on(call.sellerId, call.at),
  ],
);

/** What was answered under each `Idempotency-Key`; no `status` while the first request is being answered. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    role: text().$type<Role>().notNull(),
    sub: text().notNull(),
    key: text().notNull(),
    requestSha256: text('request_sha256').notNull(),
    status: integer(),
    answerEncrypted: text('answer_encrypted'),
    createdAt: moment('created_at').notNull(),
  },
  (row) => [primaryKey({ columns: [row.role, row.sub, row.key] })],
);

/** Every mail that was taken on (design §8). `sentAt` is set once the mail server has it: then it is never sent again. */
export const mails = pgTable(
  'mails',
  {
    id: text().primaryKey(),
    /** What it is about, if an order line or a bill. */
    orderId: text('order_id'),
    orderLineId: text('order_line_id'),
    billId: text('bill_id'),
    kind: text().$type<MailKind | BillMailKind | CertificationMailKind>().notNull(),
    recipient: text().$type<MailRecipient>().notNull(),
    createdAt: moment('created_at').notNull(),
    sentAt: moment('sent_at'),
    /** Until when a process that is sending it keeps all others from doing so. */
    claimedUntil: moment('claimed_until'),
    /** Why it was given up; without any address. */
    refused: text(),
  },
  (mail) => [
    index('mails_order').on(mail.orderId, mail.createdAt),
    index('mails_waiting')
      .on(mail.createdAt)
      .where(sql`${mail.sentAt} is null and ${mail.refused} is null`),
  ],
);

/** Versions of the cooperation agreement (合作协议, domain.md 5.1); the one with the largest `n` is to be signed. */
export const agreements = pgTable('agreements', {
  version: text().primaryKey(),
  n: integer().notNull().unique().generatedAlwaysAsIdentity(),
  text: text().notNull(),
  sha256: text().notNull(),
  publishedAt: moment('published_at').notNull(),
});

/** Who signed which text when; it stays for ever. */
export const agreementSignatures = pgTable(
  'agreement_signatures',
  {
    version: text()
      .notNull()
      .references(() => agreements.version),
    sellerId: text('seller_id')
      .notNull()
      .references(() => sellers.id),
    /** Of the text that was signed. */
    sha256: text().notNull(),
    signedAt: moment('signed_at').notNull(),
  },
  (signature) => [primaryKey({ columns: [signature.version, signature.sellerId] })],
);

/**
 * Licence codes (domain.md 2.4), one for an order line. `codeHmac` finds a code without decrypting any.
 */
export const licenses = pgTable(
  'licenses',
  {
    orderId: text('order_id').notNull(),
    orderLineId: text('order_line_id').notNull(),
    sellerId: text('seller_id').notNull(),
    codeHmac: text('code_hmac').notNull(),
    codeEncrypted: text('code_encrypted').notNull(),
    createdAt: moment('created_at').notNull(),
    lastHeartbeatAt: moment('last_heartbeat_at'),
  },
  (license) => [
    primaryKey({ columns: [license.orderId, license.orderLineId] }),
    uniqueIndex('licenses_code_hmac').on(license.codeHmac),
    foreignKey({
      columns: [license.orderId, license.orderLineId],
      foreignColumns: [orderLines.orderId, orderLines.id],
    }),
  ],
);

/**
 * To whom the goods of a line go (domain.md 2.7): the recipient in the order, and whoever took that place. The line
 * says by id which one counts.
 */
export const recipients = pgTable(
  'recipients',
  {
    orderId: text('order_id').notNull(),
    orderLineId: text('order_line_id').notNull(),
    addressId: text('address_id').notNull(),
    recipientEncrypted: text('recipient_encrypted').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (recipient) => [
    primaryKey({ columns: [recipient.orderId, recipient.orderLineId, recipient.addressId] }),
    foreignKey({
      columns: [recipient.orderId, recipient.orderLineId],
      foreignColumns: [orderLines.orderId, orderLines.id],
    }),
  ],
);

/** The parcel of each line that is on its way; a carrier's events find their lines by it. */
export const shipments = pgTable(
  'shipments',
  {
    orderId: text('order_id').notNull(),
    orderLineId: text('order_line_id').notNull(),
    carrier: text().notNull(),
    trackingNumber: text('tracking_number').notNull(),
  },
  (shipment) => [
    primaryKey({ columns: [shipment.orderId, shipment.orderLineId] }),
    index('shipments_parcel').on(shipment.carrier, shipment.trackingNumber),
    foreignKey({
      columns: [shipment.orderId, shipment.orderLineId],
      foreignColumns: [orderLines.orderId, orderLines.id],
    }),
  ],
);

/** How many unsubscriptions without reason a buyer has taken in a calendar year (domain.md 3.1). */
export const unsubscriptionQuotas = pgTable(
  'unsubscription_quotas',
  {
    buyerId: text('buyer_id').notNull(),
    year: integer().notNull(),
    used: integer().notNull(),
  },
  (quota) => [primaryKey({ columns: [quota.buyerId, quota.year] })],
);

/** The lines that have one of them: a repetition takes no other. */
export const unsubscriptionsTaken = pgTable(
  'unsubscriptions_taken',
  {
    orderId: text('order_id').notNull(),
    orderLineId: text('order_line_id').notNull(),
    buyerId: text('buyer_id').notNull(),
    year: integer().notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (taken) => [primaryKey({ columns: [taken.orderId, taken.orderLineId] })],
);
