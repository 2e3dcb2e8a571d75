import { X509Certificate } from 'node:crypto';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import { StewardError } from '../../domain/errors';
import { isDomainName } from './production-url';

/** Checks the `host:port` entries of STEWARD_EGRESS_ALLOW. Throws `CONFIG_INVALID`. */
export function allowedHosts(entries: readonly string[]): ReadonlySet<string> {
  for (const entry of entries) {
    const [host = '', port = '', ...rest] = entry.split(':');
    const portFits = /^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65_535;
    if (!isDomainName(host) || !portFits || rest.length > 0) {
      throw new StewardError('CONFIG_INVALID', {
        setting: 'STEWARD_EGRESS_ALLOW',
        reason: `"${entry}" is not host:port with a lower-case domain name, such as seller.example:8443`,
      });
    }
  }
  return new Set(entries);
}

/**
 * TLS 1.2 or newer with the authorities that Node trusts and those of `ca` (STEWARD_EGRESS_CA), whatever
 * Node's own defaults were set to. Throws `CONFIG_INVALID` when `ca` is no PEM.
 */
export function trust(ca: string | undefined): SecureContext {
  if (ca === undefined) return createSecureContext({ minVersion: 'TLSv1.2' });
  try {
    // OpenSSL skips what it cannot read without a word, and every call would fail as not trusted.
    new X509Certificate(ca);
  } catch (cause) {
    const reason = 'it holds no PEM certificate that can be read';
    throw new StewardError('CONFIG_INVALID', { setting: 'STEWARD_EGRESS_CA', reason }, { cause });
  }
  return createSecureContext({ minVersion: 'TLSv1.2', ca: [...rootCertificates, ca] });
}
