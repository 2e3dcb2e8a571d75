import { extractText, getDocumentProxy, getMeta } from 'unpdf';

/** A PDF as a reader (Mozilla's) reads it: the text of its pages, and what it says of itself. */
export async function readPdf(bytes: Buffer) {
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const { text, totalPages } = await extractText(pdf, { mergePages: true });
  const { info } = await getMeta(pdf);
  // Where the reader breaks lines is its own affair.
  return { text: text.replace(/\s+/g, ' '), pages: totalPages, info: info as Record<string, unknown> };
}
