import { foreignKey, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type {
  CertificationLogEntry,
  CertificationNode,
  CertificationView,
} from '../../domain/certification/certification';
import type { Site } from '../../domain/schemas/order';
import { json, moment } from '../columns';
import { sellers } from '../schema';

const key = () => ({
  sellerId: text('seller_id').notNull(),
  site: text().$type<Site>().notNull(),
});

/** The newest view that each certification's workflow wrote. A seller without a row was never certified. */
export const certifications = pgTable(
  'certifications',
  {
    ...key(),
    revision: integer().notNull(),
    node: text().$type<CertificationNode>().notNull(),
    view: json<CertificationView>('view').notNull(),
  },
  (row) => [primaryKey({ columns: [row.sellerId, row.site] })],
);

/** The whole log of each; its workflow keeps only the newest entries. */
export const certificationLog = pgTable(
  'certification_log',
  { ...key(), seq: integer().notNull(), entry: json<CertificationLogEntry>('entry').notNull() },
  (row) => [
    primaryKey({ columns: [row.sellerId, row.site, row.seq] }),
    foreignKey({
      columns: [row.sellerId, row.site],
      foreignColumns: [certifications.sellerId, certifications.site],
    }),
  ],
);

/**
 * What sellers submitted, under the ids that the workflow knows it by: what counts, and what counted before. A change
 * of the finance contact alone has no business.
 */
export const certificationSubmissions = pgTable(
  'certification_submissions',
  {
    ...key(),
    id: text().notNull(),
    businessEncrypted: text('business_encrypted'),
    financeContactEncrypted: text('finance_contact_encrypted').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (row) => [
    primaryKey({ columns: [row.sellerId, row.site, row.id] }),
    foreignKey({ columns: [row.sellerId], foreignColumns: [sellers.id] }),
  ],
);
