/** Characters (code points) of a quote; what is longer is cut. */
const LONGEST = 1_000;
/** Longer quotes than this are no sentence of a person; a mail of empty lines would hide what is below. */
const MOST_LINES = 20;

/** Control characters, among them those that turn the writing around. */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text of others on one line: it can say things, never do things. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(CONTROL, '').trim();
}

/** The lines of a text of others, bounded; none for null or an empty one. */
export function quotedLines(quote: string | null): string[] {
  if (quote === null) return [];
  const characters = Array.from(quote.trim());
  const text = characters.slice(0, LONGEST).join('') + (characters.length > LONGEST ? ' …' : '');
  const lines = text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(oneLine)
    .filter(Boolean);
  return lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), '…'] : lines;
}
