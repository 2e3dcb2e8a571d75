import { ApplicationFailure } from '@temporalio/common';
import { errorMessage } from '../../domain/errors';
import type { MailRequest } from '../../domain/mail';
import type { MailActivities } from '../contracts';
import { ours } from '../production/our-part';
import { composeMail } from './compose';
import { orderLink } from './order-link';
import type { MailAccess, MailDirectory, MailLog, Recipient } from './ports';
import { createSender, NotSent } from './send';

export interface MailDeps {
  mail: MailAccess;
  mails: MailLog;
  mailDirectory: MailDirectory;
  /** Milliseconds for one mail in all; default 10 s, so that it is over before its attempt is. */
  mailTimeout?: number;
}

/** What a process needs beside the sending itself, in milliseconds; after that it is taken for dead. */
const CLAIM_MARGIN = 5_000;

/** The mail activity (design §8). Throws `CONFIG_INVALID` for an unusable `SMTP_URL`. */
export function createMailActivities(deps: MailDeps): MailActivities {
  const { mail, mails, mailDirectory: directory, mailTimeout = 10_000 } = deps;
  const send = createSender(mail, mailTimeout);
  /** Mails that are being sent: a second call for one waits for the first. */
  const running = new Map<string, Promise<void>>();
  /** When the server took mails whose rows do not say so yet, because the database was away. */
  const taken = new Map<string, number>();

  async function deliver(request: MailRequest): Promise<void> {
    const { id } = request;
    const now = Date.now();
    const row = await recorded(id, () => mails.begin(request, now, now + mailTimeout + CLAIM_MARGIN));
    if (row.sentAt !== null) return;
    if (row.refused !== null) throw refused(id, row.refused);
    if (!taken.has(id)) {
      if (!row.claimed) throw unavailable(id, 'another process is sending it');
      await sendOut(request, row.createdAt);
      taken.set(id, Date.now());
    }
    await recorded(id, () => mails.sent(id, taken.get(id) ?? Date.now()));
    taken.delete(id);
  }

  async function sendOut(request: MailRequest, date: number): Promise<void> {
    const { id, sellerId, productId, orderId } = request;
    try {
      const { email, language } = await recipientOf(request);
      const product = await recorded(id, () => directory.productName(sellerId, productId));
      const link = orderLink(mail.orderLink, orderId);
      const content = composeMail(request, { language, product: product ?? productId, link });
      await send({ id, date, to: email, language, content });
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

  async function recipientOf({ id, to, orderId, orderLineId, sellerId }: MailRequest): Promise<Recipient> {
    if (to === 'operator') return mail.operator;
    const recipient = await recorded(id, () =>
      to === 'seller' ? directory.seller(sellerId) : directory.buyer(orderId, orderLineId),
    );
    if (!recipient) throw new NotSent({ final: true, reason: `there is no such ${to}` });
    return recipient;
  }

  return {
    sendMail(request) {
      const { id } = request;
      const sending = running.get(id) ?? deliver(request).finally(() => running.delete(id));
      running.set(id, sending);
      return sending;
    },
  };
}

/** Does a part that needs the database. */
function recorded<T>(id: string, part: () => Promise<T>): Promise<T> {
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
