import type { FailureCode } from './exceptions';

/** What Node and OpenSSL say when no secure connection comes about, in our words. */
const CODES: Readonly<Record<string, FailureCode>> = {
  ECONNREFUSED: 'CONNECTION_REFUSED',
  CERT_HAS_EXPIRED: 'CERTIFICATE_EXPIRED',
  CERT_NOT_YET_VALID: 'CERTIFICATE_NOT_YET_VALID',
  ERR_TLS_CERT_ALTNAME_INVALID: 'CERTIFICATE_WRONG_HOST',
  CERT_CHAIN_TOO_LONG: 'CERTIFICATE_NOT_TRUSTED',
  CERT_REJECTED: 'CERTIFICATE_NOT_TRUSTED',
  CERT_REVOKED: 'CERTIFICATE_NOT_TRUSTED',
  CERT_SIGNATURE_FAILURE: 'CERTIFICATE_NOT_TRUSTED',
  CERT_UNTRUSTED: 'CERTIFICATE_NOT_TRUSTED',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'CERTIFICATE_NOT_TRUSTED',
  INVALID_CA: 'CERTIFICATE_NOT_TRUSTED',
  INVALID_PURPOSE: 'CERTIFICATE_NOT_TRUSTED',
  SELF_SIGNED_CERT_IN_CHAIN: 'CERTIFICATE_NOT_TRUSTED',
  UNABLE_TO_GET_ISSUER_CERT: 'CERTIFICATE_NOT_TRUSTED',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'CERTIFICATE_NOT_TRUSTED',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'CERTIFICATE_NOT_TRUSTED',
  // An old server either says so or chooses a version that we do not offer.
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'TLS_TOO_OLD',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'TLS_TOO_OLD',
};

/**
 * Names the failure of a connection on which nothing was sent yet. `hello` tells whether TCP stood, so
 * that what broke was the handshake.
 */
export function connectFailure(error: unknown, hello: boolean): FailureCode {
  const code = errorCode(error);
  return CODES[code] ?? (hello ? 'TLS_FAILED' : 'CONNECTION_FAILED');
}

/** The `code` of a Node error; when several addresses failed, that of the first. */
export function errorCode(error: unknown): string {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
