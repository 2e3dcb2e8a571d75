import { and, asc, eq, lt, sql, type Column, type SQL } from 'drizzle-orm';
import type {
  CertificationKey,
  CertificationLogEntry,
  CertificationView,
} from '../../domain/certification/certification';
import type { Database } from '../connect';
import { certificationLog, certifications } from './schema';

/**
 * Keeps what certifications' workflows write of themselves: the newest revision wins, whatever the order of arrival,
 * and no log entry is lost. The certification activities' `CertificationStore`.
 */
export function certificationStore(db: Database) {
  return {
    save: (key: CertificationKey, view: CertificationView): Promise<void> =>
      db.transaction(async (tx) => {
        const { revision, node, log } = view;
        await tx
          .insert(certifications)
          .values({ ...keyOf(key), revision, node, view })
          .onConflictDoUpdate({
            target: [certifications.sellerId, certifications.site],
            set: { revision, node, view },
            setWhere: lt(certifications.revision, revision),
          });
        await saveLog(tx, key, log);
      }),
  };
}

/** Entries never change, so that those which are there already stay. */
async function saveLog(tx: Database, key: CertificationKey, log: CertificationLogEntry[]): Promise<void> {
  if (log.length === 0) return;
  const rows = log.map((entry) => ({ ...keyOf(key), seq: entry.seq, entry }));
  await tx.insert(certificationLog).values(rows).onConflictDoNothing();
}

/** A certification with its whole log; undefined before its workflow wrote anything. */
export async function getCertification(
  db: Database,
  { sellerId, site }: CertificationKey,
): Promise<CertificationView | undefined> {
  const [kept] = await db
    .select({ view: certifications.view })
    .from(certifications)
    .where(and(eq(certifications.sellerId, sellerId), eq(certifications.site, site)));
  if (!kept) return undefined;
  const log = await db
    .select({ entry: certificationLog.entry })
    .from(certificationLog)
    .where(and(eq(certificationLog.sellerId, sellerId), eq(certificationLog.site, site)))
    .orderBy(asc(certificationLog.seq));
  return { ...kept.view, log: log.map(({ entry }) => entry) };
}

/** Whether the seller of a row is certified for its site: a condition for statements about something else. */
export function isCertified(of: { sellerId: Column; site: Column }): SQL {
  return sql`exists (
    select 1 from ${certifications}
    where ${certifications.sellerId} = ${of.sellerId} and ${certifications.site} = ${of.site}
      and ${certifications.node} = 'CERTIFIED')`;
}

function keyOf({ sellerId, site }: CertificationKey): CertificationKey {
  return { sellerId, site };
}
