import { CERTIFICATION_NODES } from '../../domain/certification/certification';
import type { CertificationMail } from '../../domain/certification/mail';
import type { Language } from '../../domain/schemas/primitives';
import { formatTime } from '../../domain/time';
import { layOut, type MailContent } from './compose';
import { oneLine, quotedLines } from './quote';
import { CERTIFICATION_TEXTS } from './texts/certification';

/** Writes a mail about a certification in the language of its recipient. What was submitted stays in Steward. */
export function composeCertificationMail(request: CertificationMail, language: Language): MailContent {
  const { kind, sellerId, site, node, dueAt, locked, quote } = request;
  const texts = CERTIFICATION_TEXTS[language];
  const { labels } = texts;
  const { subject, paragraphs } = texts.kinds[kind];
  return layOut(language, {
    subject: texts.subject(oneLine(sellerId), subject),
    paragraphs: locked ? [...paragraphs, texts.locked] : paragraphs,
    facts: [
      [labels.seller, oneLine(sellerId)],
      [labels.site, texts.sites[site]],
      [labels.node, CERTIFICATION_NODES[node][language]],
      ...(dueAt === null ? [] : [[labels.dueAt, formatTime(dueAt)] as const]),
    ],
    quote: quotedLines(quote),
    link: null,
  });
}
