/** Why a seller can never be called at a URL (domain.md 1.0; design §6), in words for whoever registers it. */
export const PRODUCTION_URL_FAULTS = {
  URL_INVALID: 'not a URL that can be called',
  URL_NOT_HTTPS: 'it has to begin with https://',
  URL_WITH_CREDENTIALS: 'it must not hold a user name or password',
  URL_NOT_A_DOMAIN_NAME: 'the host has to be a domain name, not an IP address',
} as const;
export type ProductionUrlFault = keyof typeof PRODUCTION_URL_FAULTS;

/**
 * A domain name as certificates are issued for: labels of letters, digits and hyphens, the last beginning
 * with a letter. No IPv4 address in any notation (decimal, hex, octal, short) and no bracketed IPv6 is one.
 */
const DOMAIN_NAME =
  /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

export function isDomainName(host: string): boolean {
  return DOMAIN_NAME.test(host);
}

/** The first rule that a production URL breaks: https, no user-info, a domain name, a port that exists. */
export function productionUrlFault(text: string): ProductionUrlFault | undefined {
  if (!URL.canParse(text)) return 'URL_INVALID';
  const { protocol, username, password, hostname, port } = new URL(text);
  if (protocol !== 'https:') return 'URL_NOT_HTTPS';
  if (username !== '' || password !== '') return 'URL_WITH_CREDENTIALS';
  if (!isDomainName(hostname)) return 'URL_NOT_A_DOMAIN_NAME';
  return port === '0' ? 'URL_INVALID' : undefined;
}
