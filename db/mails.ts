import { eq } from 'drizzle-orm';
import type { MailRequest } from '../domain/mail';
import type { Database } from './connect';
import { mails } from './schema';

/** Remembers which mails went out (design §8): a `MailLog`. */
export function mailLog(db: Database) {
  const known = { createdAt: mails.createdAt, sentAt: mails.sentAt, refused: mails.refused };
  return {
    async begin({ id, orderId, orderLineId, kind, to }: MailRequest, at: number) {
      const row = { id, orderId, orderLineId, kind, recipient: to, createdAt: at };
      await db.insert(mails).values(row).onConflictDoNothing();
      const [kept] = await db.select(known).from(mails).where(eq(mails.id, id));
      return kept ?? { createdAt: at, sentAt: null, refused: null };
    },
    async sent(id: string, at: number): Promise<void> {
      await db.update(mails).set({ sentAt: at }).where(eq(mails.id, id));
    },
    async refused(id: string, reason: string): Promise<void> {
      await db.update(mails).set({ refused: reason }).where(eq(mails.id, id));
    },
  };
}
