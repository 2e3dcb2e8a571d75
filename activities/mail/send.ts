import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { isMailAddress } from './address';
import type { MailContent } from './compose';
import { explainFailure, type ExplainedFailure } from './failure';
import type { MailAccess } from './ports';
import { smtpServer } from './smtp-url';

/** A mail with all that makes a repetition the same mail again. */
export interface Letter {
  /** The mail's id: `Message-ID` is made of it. */
  id: string;
  /** `Date`, epoch milliseconds. */
  date: number;
  /** The address alone. */
  to: string;
  language: string;
  content: MailContent;
}

/** How a sender tells that it is not out. */
export class NotSent extends Error {
  constructor(readonly failure: ExplainedFailure) {
    super(failure.reason);
  }
}

/**
 * Sends letters over SMTP, each on a connection of its own whose certificate is checked. Rejects with
 * `NotSent`, which knows whether the letter is refused for good.
 *
 * @param timeout milliseconds for one letter in all, from the look-up of the host to the server's 250
 */
export function createSender({ smtpUrl, from }: MailAccess, timeout: number) {
  const transport = createTransport(transportOptions(smtpUrl));
  return async ({ id, date, to, language, content }: Letter): Promise<void> => {
    if (!isMailAddress(to)) throw new NotSent({ final: true, reason: 'the address cannot be used' });
    const signal = AbortSignal.timeout(timeout);
    try {
      await transport.sendMail({
        ...content,
        from: { name: 'Steward', address: from },
        to: { name: '', address: to },
        messageId: messageId(id, from),
        date: new Date(date),
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
        signal,
      });
    } catch (error) {
      const late = { final: false, reason: 'the mail server did not answer in time' };
      throw new NotSent(signal.aborted ? late : explainFailure(error));
    }
  };
}

/**
 * Connects to a mail server, with TLS and login where `SMTP_URL` has them, and sends nothing. Rejects with `NotSent`.
 *
 * @param timeout milliseconds for each of its steps
 */
export async function greetMailServer(smtpUrl: string, timeout: number): Promise<void> {
  const limits = {
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    dnsTimeout: timeout,
  };
  const transport = createTransport({ ...transportOptions(smtpUrl), ...limits });
  try {
    await transport.verify();
  } catch (error) {
    throw new NotSent(explainFailure(error));
  } finally {
    transport.close();
  }
}

function transportOptions(smtpUrl: string) {
  return {
    ...smtpServer(smtpUrl),
    // What is sent are strings that we wrote.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Unique and the same each time. Hashed, because ids may have what a `Message-ID` may not: `a..b`. */
export function messageId(id: string, from: string): string {
  const local = createHash('sha256').update(id).digest('hex').slice(0, 32);
  return `<${local}@steward.${from.slice(from.lastIndexOf('@') + 1)}>`;
}
