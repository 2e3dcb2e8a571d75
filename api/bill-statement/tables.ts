import { DECIMALS, majorUnits, type Money } from '../../domain/money';
import { formatTime } from '../../domain/time';
import { FONTS, GREY, type Pdf } from './pdf';

/** Stands where there is nothing to show. */
export const NOTHING = '–';

/** A name and its value; one without a value is left out. */
export type Fact = readonly [name: string, value: string | null];

export type Cell = PDFKit.Mixins.CellOptions;

/** A table with a head. */
export interface Table {
  /** Widths in points; `*` takes what is left. */
  columns: readonly (number | '*')[];
  head?: readonly Cell[];
  rows: readonly (readonly Cell[])[];
}

const LINE = '#c9ced6';
const RULED = {
  border: { top: 0, right: 0, bottom: 0.5, left: 0 },
  borderColor: LINE,
  padding: { top: 3, right: 4, bottom: 3, left: 2 },
};
const PLAIN = { border: 0, padding: { top: 1.5, right: 6, bottom: 1.5, left: 2 } };

/** A heading, on a new page when little would follow it on this one. */
export function heading(pdf: Pdf, text: string): void {
  const { height, margins } = pdf.page;
  if (pdf.y > height - margins.bottom - 80) pdf.addPage();
  pdf.moveDown(1).font(FONTS.bold, 11).fillColor('black').text(text, margins.left).moveDown(0.25);
}

/** Names and values, two pairs on a line. */
export function drawFacts(pdf: Pdf, facts: readonly Fact[]): void {
  const pairs = facts.flatMap(([name, value]) =>
    value === null ? [] : [[{ text: name, textColor: GREY }, text(value)]],
  );
  const rows = pairs.flatMap((pair, n) =>
    n % 2 === 0 ? [[...pair, ...(pairs[n + 1] ?? [text(''), text('')])]] : [],
  );
  draw(pdf, { columns: [92, '*', 92, '*'], rows }, { size: 9, style: PLAIN });
}

export function drawTable(pdf: Pdf, { columns, head = [], rows }: Table): void {
  const titles = head.map((cell) => ({ ...cell, textColor: GREY }));
  draw(pdf, { columns, rows: [...(head.length > 0 ? [titles] : []), ...rows] }, { size: 8, style: RULED });
}

function draw(
  pdf: Pdf,
  { columns, rows }: Table,
  { size, style }: { size: number; style: PDFKit.Mixins.CellStyle },
): void {
  pdf.font(FONTS.normal, size).fillColor('black');
  pdf.table({
    ...{ columnStyles: [...columns], defaultStyle: style },
    position: { x: pdf.page.margins.left },
    data: rows.map((row) => [...row]),
  });
}

export function text(value: string): Cell {
  return { text: value };
}

/** On the right of its column, as numbers are. */
export function right(value: string): Cell {
  return { text: value, align: { x: 'right' } };
}

/** An amount in a table of one currency: `99.00`. */
export function amount(money: Money): Cell {
  return right(majorUnits(money).toFixed(DECIMALS));
}

export function bold(cell: Cell): Cell {
  return { ...cell, font: { src: FONTS.bold } };
}

/** An API time for people, or that there is none. */
export function time(iso: string | null): string {
  return iso === null ? NOTHING : formatTime(Date.parse(iso));
}
