import { eq } from 'drizzle-orm';
import { StewardError } from '../../domain/errors';
import { depositEntry } from '../../domain/ledger/journal';
import type { Money } from '../../domain/money';
import type { Database } from '../connect';
import { sellers } from '../schema';
import { writeEntries } from './journal';
import { deposits } from './schema';

/** What a seller has paid so that refunds can be taken from it (domain.md 5.1). */
export interface Deposit {
  depositId: string;
  sellerId: string;
  amount: Money;
}

/**
 * Takes a deposit once for its id: the same again changes nothing.
 *
 * @throws `NOT_FOUND` for an unknown seller; `DEPOSIT_CONFLICT` when the id came with another seller or amount
 */
export function recordDeposit(db: Database, { depositId, sellerId, amount }: Deposit): Promise<void> {
  const row = { id: depositId, sellerId, currency: amount.currency, amountMinor: amount.minor };
  return db.transaction(async (tx) => {
    const [seller] = await tx.select({ id: sellers.id }).from(sellers).where(eq(sellers.id, sellerId));
    if (!seller) throw new StewardError('NOT_FOUND', { what: 'seller', id: sellerId });
    // One with the same id at the same time waits here.
    const made = await tx
      .insert(deposits)
      .values({ ...row, recordedAt: Date.now() })
      .onConflictDoNothing()
      .returning({ id: deposits.id });
    if (made.length > 0) return writeEntries(tx, [depositEntry({ depositId, ...row })]);
    const [before] = await tx.select().from(deposits).where(eq(deposits.id, depositId));
    const same =
      before?.sellerId === sellerId &&
      before.currency === amount.currency &&
      before.amountMinor === amount.minor;
    if (!same) throw new StewardError('DEPOSIT_CONFLICT', { depositId });
  });
}
