import { Eta } from 'eta';
import type { MailRequest } from '../../domain/mail';
import { formatMoney } from '../../domain/money';
import { NODES } from '../../domain/nodes';
import type { Language } from '../../domain/schemas/primitives';
import { formatTime } from '../../domain/time';
import { oneLine, quotedLines } from './quote';
import { TEXTS, type KindText, type Texts } from './texts';

/** A mail as its reader sees it. */
export interface MailContent {
  /** One line, without anything that others wrote. */
  subject: string;
  text: string;
  html: string;
}

/** What a mail says beside what its request says. */
export interface MailContext {
  language: Language;
  /** The product's name, by its seller: untrusted. */
  product: string;
  /** URL of the order. */
  link: string;
}

/** Escapes whatever a template prints. */
const eta = new Eta({ views: __dirname, cache: true });

/**
 * Writes a mail in the language of its recipient. It names the order and links to it: secrets and personal
 * data stay there.
 */
export function composeMail(request: MailRequest, { language, product, link }: MailContext): MailContent {
  const texts = TEXTS[language];
  const { subject, paragraphs } = kindText(texts, request, language);
  const acceptance = request.acceptance ? [texts.acceptance[request.acceptance]] : [];
  return layOut(language, {
    subject: texts.subject(oneLine(request.orderId), subject),
    paragraphs: [...paragraphs, ...acceptance],
    facts: factsOf(texts, request, language, product),
    quote: quotedLines(request.quote),
    link,
  });
}

/** Lays a mail out, as text and as HTML. */
export function layOut(language: Language, content: Parts): MailContent {
  const parts = { texts: TEXTS[language], ...content };
  return { subject: content.subject, text: textPart(parts), html: eta.render('./mail', parts) };
}

function kindText(texts: Texts, { kind, node }: MailRequest, language: Language): KindText {
  if (kind === 'your-move') {
    return { subject: texts.yourMove(NODES[node][language]), paragraphs: [texts.moves[node]] };
  }
  const { subject, paragraphs } = texts.kinds[kind];
  // Whoever bought it for a period learns with its completion until when it can give it back.
  return { subject, paragraphs: node === 'FIVE_DAYS' ? [...paragraphs, texts.moves[node]] : paragraphs };
}

export type Fact = readonly [name: string, value: string];

function factsOf({ labels }: Texts, request: MailRequest, language: Language, product: string): Fact[] {
  const { orderId, orderLineId, node, dueAt, amount } = request;
  return [
    [labels.order, oneLine(orderId)],
    [labels.line, oneLine(orderLineId)],
    [labels.product, oneLine(product)],
    [labels.node, NODES[node][language]],
    ...(dueAt === null ? [] : [[labels.dueAt, formatTime(dueAt)] as const]),
    ...(amount === null ? [] : [[labels.amount, formatMoney(amount)] as const]),
  ];
}

/** The parts of a mail that differ. */
interface Parts {
  subject: string;
  paragraphs: readonly string[];
  facts: readonly Fact[];
  quote: readonly string[];
  /** Where its reader goes on; null for nowhere. */
  link: string | null;
}

/** Plain text: nothing in it can be taken for anything but text, but quotes need their mark. */
function textPart({ texts, paragraphs, facts, quote, link }: Parts & { texts: Texts }): string {
  const blocks = [
    texts.greeting,
    ...paragraphs,
    facts.map(([name, value]) => texts.fact(name, value)).join('\n'),
    ...(quote.length > 0 ? [[texts.quote, ...quote.map((line) => `> ${line}`)].join('\n')] : []),
    ...(link === null ? [] : [texts.fact(texts.link, link)]),
    texts.footer,
  ];
  return `${blocks.join('\n\n')}\n`;
}
