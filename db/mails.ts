import { and, eq, isNull, lte, or } from 'drizzle-orm';
import type { MailRecord } from '../domain/mail';
import type { Database } from './connect';
import { mails } from './schema';

/** Remembers which mails went out, and who is sending one (design §8): a `MailLog`. */
export function mailLog(db: Database) {
  const known = { createdAt: mails.createdAt, sentAt: mails.sentAt, refused: mails.refused };
  return {
    async begin({ to: recipient, ...mail }: MailRecord, at: number, until: number) {
      const { id, orderId, orderLineId, billId, kind } = mail;
      const row = { id, orderId, orderLineId, billId, kind, recipient, createdAt: at };
      await db.insert(mails).values(row).onConflictDoNothing();
      const open = and(eq(mails.id, id), isNull(mails.sentAt), isNull(mails.refused));
      const [claimed] = await db
        .update(mails)
        .set({ claimedUntil: until })
        .where(and(open, or(isNull(mails.claimedUntil), lte(mails.claimedUntil, at))))
        .returning(known);
      if (claimed) return { ...claimed, claimed: true };
      const [kept] = await db.select(known).from(mails).where(eq(mails.id, id));
      return { createdAt: at, sentAt: null, refused: null, ...kept, claimed: false };
    },
    async release(id: string): Promise<void> {
      await db.update(mails).set({ claimedUntil: null }).where(eq(mails.id, id));
    },
    async sent(id: string, at: number): Promise<void> {
      await db.update(mails).set({ sentAt: at }).where(eq(mails.id, id));
    },
    async refused(id: string, reason: string): Promise<void> {
      await db.update(mails).set({ refused: reason }).where(eq(mails.id, id));
    },
  };
}
