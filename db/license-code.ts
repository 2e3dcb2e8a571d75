import { randomBytes } from 'node:crypto';

/** Crockford's base 32: no I, L, O and U, which people read as other signs, or as words. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Signs of a code, of 5 bits each: 160 bits cannot be guessed. */
const LENGTH = 32;
const CODE = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`);

/** A fresh licence code, in groups of four: 39 characters of the 64 that sellers take (domain.md 2.4). */
export function newLicenseCode(): string {
  return grouped(Array.from(randomBytes(LENGTH), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join(''));
}

/**
 * The code that a person typed or copied: in any case and width, with any spaces and dashes or none, O for 0
 * and I or L for 1. Null when it cannot be one.
 */
export function readLicenseCode(typed: string): string | null {
  const signs = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\p{Z}\p{C}\p{Pd}\u2212]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return CODE.test(signs) ? grouped(signs) : null;
}

function grouped(signs: string): string {
  return (signs.match(/.{4}/g) ?? []).join('-');
}
