import { SellerCallError } from './exceptions';

/**
 * A domain name as certificates are issued for: labels of letters, digits and hyphens, the last beginning
 * with a letter. No IPv4 address in any notation (decimal, hex, octal, short) and no bracketed IPv6 is one.
 */
const DOMAIN_NAME =
  /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

export function isDomainName(host: string): boolean {
  return DOMAIN_NAME.test(host);
}

/** Reads a production URL, or refuses it with a `SellerCallError`: https, a domain name, no user-info. */
export function parseProductionUrl(text: string): URL {
  if (!URL.canParse(text)) throw new SellerCallError('URL_INVALID');
  const url = new URL(text);
  if (url.protocol !== 'https:') throw new SellerCallError('URL_NOT_HTTPS');
  if (url.username !== '' || url.password !== '') throw new SellerCallError('URL_WITH_CREDENTIALS');
  if (!isDomainName(url.hostname)) throw new SellerCallError('URL_NOT_A_DOMAIN_NAME');
  return url;
}
