import { eq } from 'drizzle-orm';
import type { Database } from '../connect';
import { invoiceNumbers } from './schema';

/**
 * Takes the number of an invoice for a submission of a bill, for ever. The same again answers as before.
 *
 * @returns whether the number is this submission's: no other one, of this bill or another, has had it
 */
export async function claimInvoiceNumber(
  db: Database,
  claim: { billId: string; submission: number; number: string },
): Promise<boolean> {
  await db
    .insert(invoiceNumbers)
    .values({ ...claim, claimedAt: Date.now() })
    .onConflictDoNothing();
  const [holder] = await db.select().from(invoiceNumbers).where(eq(invoiceNumbers.number, claim.number));
  return holder?.billId === claim.billId && holder.submission === claim.submission;
}
