import type { BillMail } from '../../domain/billing/mail';
import type { CertificationMail } from '../../domain/certification/mail';
import type { MailRequest } from '../../domain/mail';
import type { MailActivities } from '../contracts';
import { composeCertificationMail } from './certification';
import { composeMail } from './compose';
import { composeBillMail } from './compose-bill';
import { createDelivery, recorded } from './deliver';
import { orderLink } from './order-link';
import type { MailAccess, MailDirectory, MailLog, Recipient } from './ports';
import { NotSent } from './send';

export interface MailDeps {
  mail: MailAccess;
  mails: MailLog;
  mailDirectory: MailDirectory;
  /** Milliseconds for one mail in all; default 10 s, so that it is over before its attempt is. */
  mailTimeout?: number;
}

type AnyMail = MailRequest | BillMail | CertificationMail;

/** The mail activities (design §8). Throws `CONFIG_INVALID` for an unusable `SMTP_URL`. */
export function createMailActivities(deps: MailDeps): MailActivities {
  const { mail, mails, mailDirectory: directory, mailTimeout = 10_000 } = deps;
  const deliver = createDelivery(mail, mails, mailTimeout);

  async function recipientOf(request: AnyMail): Promise<Recipient> {
    const { id, to } = request;
    if (to === 'operator') return mail.operator;
    const recipient = await recorded(id, () => lookUp(request));
    if (!recipient) throw new NotSent({ final: true, reason: `there is no such ${to}` });
    return recipient;
  }

  /** Only orders have a buyer. */
  function lookUp(request: AnyMail): Promise<Recipient | undefined> {
    const toBuyer = 'orderLineId' in request && request.to === 'buyer';
    if (toBuyer) return directory.buyer(request.orderId, request.orderLineId);
    return directory.seller(request.sellerId);
  }

  return {
    sendMail(request) {
      const { id, sellerId, productId, orderId } = request;
      return deliver(request, async () => {
        const to = await recipientOf(request);
        const product = await recorded(id, () => directory.productName(sellerId, productId));
        const link = orderLink(mail.orderLink, orderId);
        const context = { language: to.language, product: product ?? productId, link };
        return { to, content: composeMail(request, context) };
      });
    },

    sendBillMail: (request) =>
      deliver(request, async () => {
        const to = await recipientOf(request);
        return { to, content: composeBillMail(request, to.language) };
      }),

    sendCertificationMail: (request) =>
      deliver(request, async () => {
        const to = await recipientOf(request);
        return { to, content: composeCertificationMail(request, to.language) };
      }),
  };
}
