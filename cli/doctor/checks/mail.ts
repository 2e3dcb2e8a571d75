import { greetMailServer } from '../../../activities/mail/send';
import { smtpServer } from '../../../activities/mail/smtp-url';
import { mailSettings } from '../../../workers/mail-settings';
import type { Check } from '../check';
import { notChecked, ok, warning, wrong } from '../finding';

/** Whether the mail server takes us: connection, TLS, login. Nothing is sent. */
export const MAIL: Check = {
  name: 'mail',
  part: 'worker',
  async look({ env, local, limit }) {
    if (local && !env['SMTP_URL']) return notChecked('"steward up" brings a mailbox that delivers nothing');
    const { smtpUrl, operator } = mailSettings(local ? { STEWARD_ORDER_LINK: PLAYED_LINK, ...env } : env);
    const { host, port, secure, requireTLS, auth } = smtpServer(smtpUrl);
    try {
      await greetMailServer(smtpUrl, limit);
    } catch (error) {
      return wrong(
        `${host}:${port}: ${(error as Error).message}`,
        'correct SMTP_URL (host, port, user, password), or let this machine reach it; mails are tried for a day',
      );
    }
    const tls = secure ? 'over TLS' : requireTLS ? 'with STARTTLS' : 'without TLS, on this machine';
    const words = `${host}:${port} takes us ${tls}, ${auth ? 'signed in' : 'without login'}`;
    if (!env['OPERATOR_EMAIL'] || !env['MAIL_FROM']) {
      return warning(
        `${words}; but mails to operators go to ${operator.email}, and mails come from a default address`,
        'set OPERATOR_EMAIL and MAIL_FROM',
      );
    }
    return ok(words);
  },
};

/** What `steward up` sets itself. */
const PLAYED_LINK = 'http://127.0.0.1/{orderId}';
