import { createHash } from 'node:crypto';
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { AgreementAnswer, SignatureAnswer } from '../domain/agreement';
import { StewardError } from '../domain/errors';
import type { AgreementBody } from '../domain/schemas/agreement';
import { iso } from '../domain/time';
import type { Database } from './connect';
import { agreements, agreementSignatures } from './schema';

/**
 * Publishes a version of the cooperation agreement (合作协议, domain.md 5.1): from now on it is the one to be signed. The
 * same again changes nothing.
 *
 * @returns whether it is new
 * @throws `AGREEMENT_CONFLICT` when the version was published with another text
 */
export async function publishAgreement(db: Database, { version, text }: AgreementBody): Promise<boolean> {
  const sha256 = createHash('sha256').update(text).digest('hex');
  const made = await db
    .insert(agreements)
    .values({ version, text, sha256, publishedAt: Date.now() })
    .onConflictDoNothing()
    .returning({ version: agreements.version });
  if (made.length > 0) return true;
  const [before] = await db.select().from(agreements).where(eq(agreements.version, version));
  if (before?.sha256 !== sha256) throw new StewardError('AGREEMENT_CONFLICT', { version });
  return false;
}

/**
 * A version, and whether a seller has signed it.
 *
 * @param sellerId who asks; undefined for whoever signs nothing
 * @throws `NOT_FOUND`
 */
export async function getAgreement(
  db: Database,
  version: string,
  sellerId?: string,
): Promise<AgreementAnswer> {
  const [found] = await db.select().from(agreements).where(eq(agreements.version, version));
  if (!found) throw new StewardError('NOT_FOUND', { what: 'agreement', id: version });
  const signed = sellerId === undefined ? undefined : await signatureOf(db, version, sellerId);
  return {
    ...{ version, text: found.text, sha256: found.sha256, publishedAt: iso(found.publishedAt) },
    current: (await currentVersion(db)) === version,
    signedAt: signed?.signedAt ?? null,
  };
}

/**
 * Keeps that a seller has signed a version, once: the same again answers with the first time.
 *
 * @throws `NOT_FOUND`; `AGREEMENT_OUTDATED`, which names the current version
 */
export async function signAgreement(
  db: Database,
  version: string,
  sellerId: string,
): Promise<SignatureAnswer> {
  const { current, sha256 } = await getAgreement(db, version);
  const before = await signatureOf(db, version, sellerId);
  if (before) return before;
  if (!current) {
    throw new StewardError('AGREEMENT_OUTDATED', { version, current: (await currentVersion(db)) ?? '' });
  }
  await db
    .insert(agreementSignatures)
    .values({ version, sellerId, sha256, signedAt: Date.now() })
    .onConflictDoNothing();
  // Of two at once the first one's time counts.
  const signed = await signatureOf(db, version, sellerId);
  if (!signed) throw new StewardError('TRY_AGAIN');
  return signed;
}

/** The version that a seller must still sign; null when it has signed the newest, or none is published. */
export async function agreementMissing(db: Database, sellerId: string): Promise<string | null> {
  const newest = db
    .$with('newest')
    .as(db.select({ version: agreements.version }).from(agreements).orderBy(desc(agreements.n)).limit(1));
  const [missing] = await db
    .with(newest)
    .select({ version: newest.version })
    .from(newest)
    .leftJoin(
      agreementSignatures,
      and(eq(agreementSignatures.version, newest.version), eq(agreementSignatures.sellerId, sellerId)),
    )
    .where(isNull(agreementSignatures.sellerId));
  return missing?.version ?? null;
}

async function currentVersion(db: Database): Promise<string | undefined> {
  const { version, n } = agreements;
  const [newest] = await db.select({ version }).from(agreements).orderBy(desc(n)).limit(1);
  return newest?.version;
}

async function signatureOf(
  db: Database,
  version: string,
  sellerId: string,
): Promise<SignatureAnswer | undefined> {
  const { version: versions, sellerId: sellers } = agreementSignatures;
  const [found] = await db
    .select()
    .from(agreementSignatures)
    .where(and(eq(versions, version), eq(sellers, sellerId)));
  return found && { sellerId, version, sha256: found.sha256, signedAt: iso(found.signedAt) };
}
