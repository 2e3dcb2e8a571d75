import { eq } from 'drizzle-orm';
import { adjustmentEntry, paymentEntry } from '../../domain/ledger/journal';
import { billAdjustments, billPayments } from '../billing/schema';
import type { Database } from '../connect';
import { writeEntries } from './journal';
import { bills } from './schema';

/** Corrects what a bill pays, once for its n-th adjustment: the same again changes nothing. */
export function adjustBill(
  db: Database,
  { billId, n, amountMinor }: { billId: string; n: number; amountMinor: number },
): Promise<void> {
  return db.transaction(async (tx) => {
    const made = await tx
      .insert(billAdjustments)
      .values({ billId, n, amountMinor, recordedAt: Date.now() })
      .onConflictDoNothing()
      .returning({ n: billAdjustments.n });
    if (made.length > 0) await writeEntries(tx, [adjustmentEntry(await billOf(tx, billId), n, amountMinor)]);
  });
}

/** Records that a bill was paid, once, whatever it is called the second time. */
export function payBill(
  db: Database,
  { billId, paymentId, amountMinor }: { billId: string; paymentId: string; amountMinor: number },
): Promise<void> {
  return db.transaction(async (tx) => {
    const made = await tx
      .insert(billPayments)
      .values({ billId, paymentId, amountMinor, recordedAt: Date.now() })
      .onConflictDoNothing()
      .returning({ billId: billPayments.billId });
    if (made.length > 0) await writeEntries(tx, [paymentEntry(await billOf(tx, billId), amountMinor)]);
  });
}

/** The rows above have a foreign key to it: it is there. */
async function billOf(tx: Database, id: string) {
  const { sellerId, currency } = bills;
  const [bill] = await tx.select({ sellerId, currency }).from(bills).where(eq(bills.id, id));
  return { id, sellerId: bill?.sellerId ?? '', currency: bill?.currency ?? '' };
}
