import { isMailAddress } from '../activities/mail/address';
import { checkOrderLink } from '../activities/mail/order-link';
import type { MailAccess } from '../activities/mail/ports';
import { smtpServer } from '../activities/mail/smtp-url';
import { StewardError } from '../domain/errors';
import type { Language } from '../domain/schemas/primitives';
import type { Environment } from './keys';
import { required } from './required';

/**
 * Reads and checks the settings of mail. `SMTP_URL` and `STEWARD_ORDER_LINK` have no default: mails that go
 * nowhere, or link to nowhere, would be noticed late.
 *
 * @throws `CONFIG_INVALID`
 */
export function mailSettings(env: Environment): MailAccess {
  const smtpUrl = required(env, 'SMTP_URL', 'mails go out by it');
  smtpServer(smtpUrl);
  const orderLink = required(env, 'STEWARD_ORDER_LINK', 'mails link to orders by it; a URL with {orderId}');
  checkOrderLink(orderLink);
  return {
    smtpUrl,
    from: address(env, 'MAIL_FROM', 'steward@localhost'),
    operator: {
      email: address(env, 'OPERATOR_EMAIL', 'operators@localhost'),
      language: operatorLanguage(env['OPERATOR_LANGUAGE'] || 'en'),
    },
    orderLink,
  };
}

function address(env: Environment, setting: string, fallback: string): string {
  const value = env[setting] || fallback;
  if (isMailAddress(value)) return value;
  throw new StewardError('CONFIG_INVALID', { setting, reason: 'is not one plain mail address' });
}

function operatorLanguage(text: string): Language {
  if (text === 'en' || text === 'zh') return text;
  throw new StewardError('CONFIG_INVALID', { setting: 'OPERATOR_LANGUAGE', reason: 'is neither en nor zh' });
}
