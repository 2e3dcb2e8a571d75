import { ApplicationFailure } from '@temporalio/common';
import { errorMessage } from '../../domain/errors';
import type { MailRecord } from '../../domain/mail';
import { ours } from '../production/our-part';
import type { MailContent } from './compose';
import type { MailAccess, MailLog, Recipient } from './ports';
import { createSender, NotSent } from './send';

/** Whom a mail goes to, and what it says: found out when it is sent. Rejects with `NotSent` for nobody. */
export type Write = () => Promise<{ to: Recipient; content: MailContent }>;

/** What a process needs beside the sending itself, in milliseconds; after that it is taken for dead. */
const CLAIM_MARGIN = 5_000;

/**
 * Sends each mail once for its id, whatever it is about (design §8). Throws `CONFIG_INVALID` for an unusable
 * `SMTP_URL`.
 *
 * @param timeout milliseconds for one mail in all
 */
export function createDelivery(mail: MailAccess, mails: MailLog, timeout: number) {
  const send = createSender(mail, timeout);
  /** Mails that are being sent: a second call for one waits for the first. */
  const running = new Map<string, Promise<void>>();
  /** When the server took mails whose rows do not say so yet, because the database was away. */
  const taken = new Map<string, number>();

  async function deliver(record: MailRecord, write: Write): Promise<void> {
    const { id } = record;
    const now = Date.now();
    const row = await recorded(id, () => mails.begin(record, now, now + timeout + CLAIM_MARGIN));
    if (row.sentAt !== null) return;
    if (row.refused !== null) throw refused(id, row.refused);
    if (!taken.has(id)) {
      if (!row.claimed) throw unavailable(id, 'another process is sending it');
      await sendOut(id, row.createdAt, write);
      taken.set(id, Date.now());
    }
    await recorded(id, () => mails.sent(id, taken.get(id) ?? Date.now()));
    taken.delete(id);
  }

  async function sendOut(id: string, date: number, write: Write): Promise<void> {
    try {
      const { to, content } = await write();
      await send({ id, date, to: to.email, language: to.language, content });
    } catch (error) {
      if (!(error instanceof NotSent)) throw error;
      const { final, reason } = error.failure;
      if (!final) {
        await recorded(id, () => mails.release(id));
        throw unavailable(id, reason);
      }
      await recorded(id, () => mails.refused(id, reason));
      throw refused(id, reason);
    }
  }

  return (record: MailRecord, write: Write): Promise<void> => {
    const { id } = record;
    const sending = running.get(id) ?? deliver(record, write).finally(() => running.delete(id));
    running.set(id, sending);
    return sending;
  };
}

/** Does a part that needs the database. */
export function recorded<T>(id: string, part: () => Promise<T>): Promise<T> {
  return ours(`The rows of mail ${id} could not be read or written`, part);
}

/** Neither failure has a cause: it would carry the server's words, and so the address, into the history. */
function unavailable(mailId: string, reason: string): ApplicationFailure {
  return ApplicationFailure.retryable(
    errorMessage('MAIL_UNAVAILABLE', { mailId, reason }),
    'MAIL_UNAVAILABLE',
  );
}

function refused(mailId: string, reason: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(errorMessage('MAIL_REFUSED', { mailId, reason }), 'MAIL_REFUSED');
}
