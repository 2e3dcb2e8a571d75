import { ApplicationFailure } from '@temporalio/common';
import { errorMessage } from '../../domain/errors';
import { ours } from '../production/our-part';
import type { MailAccess, MailAbout, MailLog } from './ports';
import { createSender, NotSent, type Letter } from './send';

export interface DeliveryDeps {
  mail: MailAccess;
  mails: MailLog;
  /** Milliseconds for one mail in all; default 10 s, so that it is over before its attempt is. */
  mailTimeout?: number;
}

/** What a process needs beside the sending itself, in milliseconds; after that it is taken for dead. */
const CLAIM_MARGIN = 5_000;

/** What a mail says, and to whom; `NotSent` when nobody can be written to. */
export type Write = () => Promise<Omit<Letter, 'id' | 'date'>>;

/**
 * Sends each mail once for its id (design §8), whatever it is about. Throws `CONFIG_INVALID` for an unusable `SMTP_URL`.
 *
 * @returns what delivers a mail; rejects with `MAIL_UNAVAILABLE` or `MAIL_REFUSED`
 */
export function createDelivery({ mail, mails, mailTimeout = 10_000 }: DeliveryDeps) {
  const send = createSender(mail, mailTimeout);
  /** Mails that are being sent: a second call for one waits for the first. */
  const running = new Map<string, Promise<void>>();
  /** When the server took mails whose rows do not say so yet, because the database was away. */
  const taken = new Map<string, number>();

  async function deliver(about: MailAbout, write: Write): Promise<void> {
    const { id } = about;
    const now = Date.now();
    const row = await recorded(id, () => mails.begin(about, now, now + mailTimeout + CLAIM_MARGIN));
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
      await send({ id, date, ...(await write()) });
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

  return (about: MailAbout, write: Write): Promise<void> => {
    const sending = running.get(about.id) ?? deliver(about, write).finally(() => running.delete(about.id));
    running.set(about.id, sending);
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
