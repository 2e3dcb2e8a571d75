import type { CertificationMail } from '../../domain/certification/mail';
import type { MailRequest } from '../../domain/mail';
import type { MailActivities } from '../contracts';
import { composeCertificationMail } from './certification';
import { composeMail } from './compose';
import { createDelivery, recorded, type DeliveryDeps } from './deliver';
import { orderLink } from './order-link';
import type { MailDirectory, Recipient } from './ports';
import { NotSent } from './send';

export interface MailDeps extends DeliveryDeps {
  mailDirectory: MailDirectory;
}

/** The mail activities (design §8). Throws `CONFIG_INVALID` for an unusable `SMTP_URL`. */
export function createMailActivities(deps: MailDeps): MailActivities {
  const { mail, mailDirectory: directory } = deps;
  const deliver = createDelivery(deps);

  async function recipientOf({ id, to, ...about }: MailRequest | CertificationMail): Promise<Recipient> {
    if (to === 'operator') return mail.operator;
    const recipient = await recorded(id, () =>
      to === 'buyer' && 'orderId' in about
        ? directory.buyer(about.orderId, about.orderLineId)
        : directory.seller(about.sellerId),
    );
    if (!recipient) throw new NotSent({ final: true, reason: `there is no such ${to}` });
    return recipient;
  }

  return {
    sendMail: (request) =>
      deliver(request, async () => {
        const { id, sellerId, productId, orderId } = request;
        const { email, language } = await recipientOf(request);
        const product = await recorded(id, () => directory.productName(sellerId, productId));
        const link = orderLink(mail.orderLink, orderId);
        const content = composeMail(request, { language, product: product ?? productId, link });
        return { to: email, language, content };
      }),

    sendCertificationMail: (request) =>
      deliver(request, async () => {
        const { email, language } = await recipientOf(request);
        return { to: email, language, content: composeCertificationMail(request, language) };
      }),
  };
}
