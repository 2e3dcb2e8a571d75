import { and, eq, inArray } from 'drizzle-orm';
import type { CertificationKey, CertificationView } from '../../domain/certification/certification';
import type { CertificationBusiness, FinanceContact } from '../../domain/certification/submission';
import type { Database } from '../connect';
import { decryptText, encryptText, type Place } from '../encryption';
import type { Keyring } from '../keyring';
import { certificationSubmissions } from './schema';

/** What a seller hands in: all of it, or only a new finance contact. */
export interface Submission {
  business: CertificationBusiness | null;
  financeContact: FinanceContact;
}

type SubmissionKey = CertificationKey & { id: string };

/**
 * Keeps what a seller submits before its certification is told the id: whether it counts is the workflow's to say. The
 * same id keeps what it was first.
 *
 * @returns whether it is new
 */
export async function stashSubmission(
  db: Database,
  keys: Keyring,
  { sellerId, site, id }: SubmissionKey,
  { business, financeContact }: Submission,
): Promise<boolean> {
  const key = { sellerId, site, id };
  const made = await db
    .insert(certificationSubmissions)
    .values({
      ...key,
      businessEncrypted: business && encryptText(keys, businessPlace(key), JSON.stringify(business)),
      financeContactEncrypted: encryptText(keys, financeContactPlace(key), JSON.stringify(financeContact)),
      createdAt: Date.now(),
    })
    .onConflictDoNothing()
    .returning({ id: certificationSubmissions.id });
  return made.length > 0;
}

/** Forgets one that the certification did not take. */
export async function dropSubmission(db: Database, { id, ...key }: SubmissionKey): Promise<void> {
  await db.delete(certificationSubmissions).where(and(isOf(key), eq(certificationSubmissions.id, id)));
}

/** What counts of all that a seller submitted; nulls before it did. Rejects as `decryptText` throws. */
export async function openSubmission(
  db: Database,
  keys: Keyring,
  key: CertificationKey,
  { submissionId, contactId }: Pick<CertificationView, 'submissionId' | 'contactId'>,
): Promise<{ business: CertificationBusiness | null; financeContact: FinanceContact | null }> {
  const named = [submissionId, contactId].filter((id) => id !== null);
  const rows = await db
    .select()
    .from(certificationSubmissions)
    .where(and(isOf(key), inArray(certificationSubmissions.id, named)));
  const business = rows.find(({ id }) => id === submissionId);
  const contact = rows.find(({ id }) => id === contactId);
  const open = <Part>(place: Place, stored: string | null): Part | null =>
    stored === null ? null : (JSON.parse(decryptText(keys, place, stored)) as Part);
  return {
    business: business ? open(businessPlace(business), business.businessEncrypted) : null,
    financeContact: contact ? open(financeContactPlace(contact), contact.financeContactEncrypted) : null,
  };
}

function isOf({ sellerId, site }: CertificationKey) {
  return and(eq(certificationSubmissions.sellerId, sellerId), eq(certificationSubmissions.site, site));
}

type Ids = Record<'sellerId' | 'site' | 'id', string>;

/** Where what is certified is encrypted to. */
export const businessPlace = ({ sellerId, site, id }: Ids): Place => [
  'certification_submissions',
  sellerId,
  site,
  id,
  'business',
];
/** Where whom to ask about money is encrypted to. */
export const financeContactPlace = ({ sellerId, site, id }: Ids): Place => [
  'certification_submissions',
  sellerId,
  site,
  id,
  'finance_contact',
];
