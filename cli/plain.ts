/** Characters that move a terminal's cursor, colour it or turn the writing around (C0, C1, bidi controls). */
const CONTROL = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text of others (sellers, buyers, servers) on one line of a terminal: it can say things, never do things. */
export function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(CONTROL, '');
}

/** The same for a text of several lines. */
export function plainLines(text: string): string {
  return text.split('\n').map(plain).join('\n');
}

/** One JSON document for programs, with the same characters escaped, because it too may land in a terminal. */
export function plainJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(CONTROL, (c) => (c === '\n' ? c : escaped(c)));
}

function escaped(c: string): string {
  return `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
