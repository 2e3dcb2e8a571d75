/** The card of `steward up`; printed when everything has started. */
export const CARD = /^API +(\S+) [^]*^Try +curl .*$/m;

/** What was printed behind a name of the card. */
export function cardRow(card: string, name: string): string {
  return new RegExp(`^${name} .*?  (\\S.*)$`, 'm').exec(card)?.[1] ?? `no ${name} on the card`;
}
