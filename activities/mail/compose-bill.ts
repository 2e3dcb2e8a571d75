import type { BillMail } from '../../domain/billing/mail';
import { BILL_NODES } from '../../domain/billing/nodes';
import { formatMoney } from '../../domain/money';
import type { Language } from '../../domain/schemas/primitives';
import { formatTime } from '../../domain/time';
import { BILL_TEXTS, type BillTexts } from './bill-texts';
import { layOut, type Fact, type MailContent } from './compose';
import { oneLine, quotedLines } from './quote';

/** Writes a mail about a bill in the language of its recipient: by its numbers papers are found. */
export function composeBillMail(mail: BillMail, language: Language): MailContent {
  const texts = BILL_TEXTS[language];
  const { kind, node, billId } = mail;
  const { subject, paragraphs } = texts.kinds[kind];
  const move = ASKS.includes(kind) ? texts.moves[node] : undefined;
  return layOut(language, {
    subject: texts.subject(oneLine(billId), subject),
    paragraphs: move === undefined ? paragraphs : [...paragraphs, move],
    facts: factsOf(texts, mail, language),
    quote: quotedLines(mail.quote),
    link: null,
  });
}

/** Mails that ask their reader for what is next. */
const ASKS: readonly BillMail['kind'][] = [
  'bill-your-move',
  'bill-objected',
  'bill-reminder',
  'bill-overdue',
  'bill-invoice-rejected',
];

function factsOf({ labels }: BillTexts, mail: BillMail, language: Language): Fact[] {
  const { billId, node, payable, dueAt, invoice } = mail;
  return [
    [labels.bill, oneLine(billId)],
    [labels.node, BILL_NODES[node][language]],
    [labels.payable, formatMoney(payable)],
    ...(dueAt === null ? [] : [[labels.dueAt, formatTime(dueAt)] as const]),
    ...(invoice === null
      ? []
      : ([
          [labels.invoice, oneLine(invoice.number)],
          [labels.courier, oneLine(invoice.courierNumber ?? labels.electronic)],
          [labels.paymentRequest, oneLine(invoice.paymentRequestNumber)],
        ] as const)),
  ];
}
