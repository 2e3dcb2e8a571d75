import { composeCertificationMail } from '../activities/mail/certification';
import { composeMail, type MailContent } from '../activities/mail/compose';
import { composeBillMail } from '../activities/mail/compose-bill';
import { exampleMail, RECIPIENTS } from '../activities/mail/example';
import { BILL_RECIPIENTS, exampleBillMail } from '../activities/mail/example-bill';
import { CERTIFICATION_RECIPIENTS, exampleCertificationMail } from '../activities/mail/example-certification';
import { orderLink } from '../activities/mail/order-link';
import type { BillMailKind, BillMailRecipient } from '../domain/billing/mail';
import { BILL_NODES, type BillNode } from '../domain/billing/nodes';
import { CERTIFICATION_NODES, type CertificationNode } from '../domain/certification/certification';
import type { CertificationMail, CertificationMailKind } from '../domain/certification/mail';
import { StewardError } from '../domain/errors';
import type { MailKind, MailRecipient, MailRecord } from '../domain/mail';
import { NODES, type Node } from '../domain/nodes';
import type { Language } from '../domain/schemas/primitives';

/** Of all that people are written to about: orders, bills, certifications. */
export type AnyMailKind = MailRecord['kind'];

/** A mail with example data. */
export interface MailPreview extends MailContent {
  kind: AnyMailKind;
  to: MailRecipient;
}

/** What a preview may choose; the rest is as the recipients mostly get it. */
interface Choice {
  to?: MailRecipient;
  node?: string;
}

/** Writes the mail of a kind. Throws `INVALID_REQUEST` for a recipient that never gets it, or a node of something else. */
export function previewMail(kind: AnyMailKind, language: Language, choice: Choice = {}): MailPreview {
  if (isOf(BILL, kind)) return write(BILL, kind, language, choice);
  if (isOf(CERTIFICATION, kind)) return write(CERTIFICATION, kind, language, choice);
  return write(ORDER, kind, language, choice);
}

/** All kinds, with who gets them and what their subjects say. */
export function listMails(language: Language) {
  const recipients = { ...RECIPIENTS, ...BILL_RECIPIENTS, ...CERTIFICATION_RECIPIENTS };
  return (Object.keys(recipients) as AnyMailKind[]).map((kind) => ({
    kind,
    to: recipients[kind],
    subject: previewMail(kind, language).subject,
  }));
}

/** What mails are about. */
interface Topic<Kind extends AnyMailKind, To extends MailRecipient, Node extends string> {
  recipients: Readonly<Record<Kind, readonly To[]>>;
  nodes: Readonly<Record<Node, unknown>>;
  write(kind: Kind, language: Language, to?: To, node?: Node): MailContent & { to: To };
}

const ORDER: Topic<MailKind, MailRecipient, Node> = {
  recipients: RECIPIENTS,
  nodes: NODES,
  write(kind, language, ...choice) {
    const mail = exampleMail(kind, ...choice);
    const link = orderLink('https://steward.example/orders/{orderId}', mail.orderId);
    return { to: mail.to, ...composeMail(mail, { language, product: 'CRM', link }) };
  },
};

const BILL: Topic<BillMailKind, BillMailRecipient, BillNode> = {
  recipients: BILL_RECIPIENTS,
  nodes: BILL_NODES,
  write(kind, language, ...choice) {
    const mail = exampleBillMail(kind, ...choice);
    return { to: mail.to, ...composeBillMail(mail, language) };
  },
};

const CERTIFICATION: Topic<CertificationMailKind, CertificationMail['to'], CertificationNode> = {
  recipients: CERTIFICATION_RECIPIENTS,
  nodes: CERTIFICATION_NODES,
  write(kind, language, ...choice) {
    const mail = exampleCertificationMail(kind, ...choice);
    return { to: mail.to, ...composeCertificationMail(mail, language) };
  },
};

function write<Kind extends AnyMailKind, To extends MailRecipient, Node extends string>(
  topic: Topic<Kind, To, Node>,
  kind: Kind,
  language: Language,
  { to, node }: Choice,
): MailPreview {
  const recipients = topic.recipients[kind];
  if (!isNoneOr(recipients, to)) throw invalid(`${kind} goes to ${recipients.join(', ')}, and not to ${to}`);
  const nodes = Object.keys(topic.nodes) as Node[];
  if (!isNoneOr(nodes, node)) throw invalid(`${kind} is about one of ${nodes.join(', ')}, and not ${node}`);
  return { kind, ...topic.write(kind, language, to, node) };
}

function isOf<Kind extends AnyMailKind>(
  { recipients }: { recipients: Readonly<Record<Kind, unknown>> },
  kind: AnyMailKind,
): kind is Kind {
  return Object.hasOwn(recipients, kind);
}

function isNoneOr<Known extends string>(
  known: readonly Known[],
  text: string | undefined,
): text is Known | undefined {
  return text === undefined || known.some((one) => one === text);
}

function invalid(problems: string): StewardError {
  return new StewardError('INVALID_REQUEST', { problems });
}
