import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { formatTime } from '../../domain/time';

/** A document that is being drawn, from the top to the bottom. */
export type Pdf = PDFKit.PDFDocument;

const FOLDER = join(dirname(require.resolve('@embedpdf/fonts-sc')), '../fonts');

/** Noto Sans: Chinese and Latin in one. */
export const FONTS = {
  normal: join(FOLDER, 'NotoSansHans-Regular.otf'),
  bold: join(FOLDER, 'NotoSansHans-Bold.otf'),
};

/** What is not read first. */
export const GREY = '#5f6672';

const MARGINS = { top: 42, left: 42, right: 42, bottom: 54 };

/**
 * A document of A4 pages with numbers as the bytes of a PDF. Of the fonts it has only the characters that it uses.
 *
 * @param asOf the moment (epoch milliseconds) that it says it was made: it is made the same each time
 */
export function printPdf(
  { title, asOf }: { title: string; asOf: number },
  draw: (pdf: Pdf) => void,
): Promise<Buffer> {
  const info = { Title: title, Author: 'Steward', CreationDate: new Date(asOf) };
  const pdf = new PDFDocument({
    ...{ size: 'A4', margins: MARGINS, font: FONTS.normal, lang: 'zh-CN' },
    ...{ info, displayTitle: true, bufferPages: true },
  });
  draw(pdf);
  footers(pdf, `${title} · ${formatTime(asOf)}`);
  pdf.end();
  return buffer(pdf);
}

/** Below each page; only then it is known how many there are. */
function footers(pdf: Pdf, left: string): void {
  const { count } = pdf.bufferedPageRange();
  const y = pdf.page.height - MARGINS.bottom + 20;
  const width = pdf.page.width - MARGINS.left - MARGINS.right;
  for (let n = 0; n < count; n += 1) {
    pdf.switchToPage(n);
    // What does not fit above the margin would begin a page of its own.
    pdf.page.margins = { ...MARGINS, bottom: 0 };
    pdf.font(FONTS.normal, 7.5).fillColor(GREY);
    pdf.text(left, MARGINS.left, y, { width });
    pdf.text(`${n + 1} / ${count}`, MARGINS.left, y, { width, align: 'right' });
  }
}
