import { composeMail, type MailContent } from '../activities/mail/compose';
import { exampleMail, RECIPIENTS } from '../activities/mail/example';
import { orderLink } from '../activities/mail/order-link';
import { MAIL_KINDS, type MailKind, type MailRecipient } from '../domain/mail';
import type { Node } from '../domain/nodes';
import type { Language } from '../domain/schemas/primitives';

/** A mail with example data. */
export interface MailPreview extends MailContent {
  kind: MailKind;
  to: MailRecipient;
}

/** Writes the mail of a kind; what is not asked for is as its recipients mostly get it. */
export function previewMail(
  kind: MailKind,
  language: Language,
  { to, node }: { to?: MailRecipient; node?: Node } = {},
): MailPreview {
  const request = exampleMail(kind, to, node);
  const link = orderLink('https://steward.example/orders/{orderId}', request.orderId);
  const content = composeMail(request, { language, product: 'CRM', link });
  return { kind, to: request.to, ...content };
}

/** All kinds, with who gets them and what their subjects say. */
export function listMails(language: Language) {
  return MAIL_KINDS.map((kind) => ({
    kind,
    to: RECIPIENTS[kind],
    subject: previewMail(kind, language).subject,
  }));
}
