import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyOptions } from 'jose';
import { StewardError } from '../domain/errors';
import { ROLES, type Party, type Role } from '../domain/parties';
import { id } from '../domain/schemas/primitives';

/** Who issues the bearer tokens, and what proves it: exactly one of `secret` and `jwksUrl`. */
export interface AuthSettings {
  /** Expected `iss` (`JWT_ISSUER`). */
  issuer: string;
  /** Expected `aud` (`JWT_AUDIENCE`). */
  audience: string;
  /** `JWT_SECRET`, each of at least 32 bytes, separated by commas: tokens are signed with HS256 by one of them. */
  secret?: string | undefined;
  /** `JWT_JWKS_URL`, https (http only on loopback): tokens are signed with one of its public keys. */
  jwksUrl?: string | undefined;
}

/** Turns an `Authorization` header into its party, or rejects with `UNAUTHENTICATED`. */
export type Authenticate = (authorization: string | undefined) => Promise<Party>;

/** Shorter keys can be guessed offline from one token (RFC 7518, 3.2). */
export const MIN_SECRET_BYTES = 32;

/** Public-key algorithms only: with these a public key can never be misused as an HMAC secret. */
const JWKS_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];

/** Seconds by which the clocks of issuer and Steward may differ. */
const CLOCK_TOLERANCE = 5;

/**
 * Checks bearer tokens (design §5): signature, `iss`, `aud` and `exp`, a known `role` and a `sub`.
 * Throws `KEY_MISSING` or `CONFIG_INVALID` when the settings prove nothing.
 */
export function createAuthenticator(settings: AuthSettings): Authenticate {
  const verify = verifierFor(settings);
  return async (authorization) => {
    const token = /^Bearer +([^\s]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw unauthenticated('send the header "Authorization: Bearer TOKEN"');
    return partyOf(await verify(token).catch(refuse));
  };
}

function verifierFor(settings: AuthSettings): (token: string) => Promise<JWTPayload> {
  const options: JWTVerifyOptions = {
    issuer: settings.issuer,
    audience: settings.audience,
    requiredClaims: ['iss', 'aud', 'exp', 'sub', 'role'],
    clockTolerance: CLOCK_TOLERANCE,
  };
  if (settings.secret !== undefined && settings.jwksUrl !== undefined) {
    throw new StewardError('CONFIG_INVALID', {
      setting: 'JWT_SECRET',
      reason: 'JWT_JWKS_URL is set too; keep one',
    });
  }
  if (settings.jwksUrl !== undefined) {
    const keys = createRemoteJWKSet(jwksUrl(settings.jwksUrl));
    return async (token) =>
      (await jwtVerify(token, keys, { ...options, algorithms: JWKS_ALGORITHMS })).payload;
  }
  const keys = secretKeys(settings.secret);
  return (token) => verifyByOne(token, keys, { ...options, algorithms: ['HS256'] });
}

/** Rejects as `jwtVerify` does; when no key fits, for the last one. */
async function verifyByOne(
  token: string,
  [key, ...others]: SecretKeys,
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, key, options)).payload;
  } catch (error) {
    const [next, ...rest] = others;
    if (!next || !(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
    return verifyByOne(token, [next, ...rest], options);
  }
}

/** The first signs, each of them verifies. */
type SecretKeys = readonly [first: Uint8Array, ...others: Uint8Array[]];

/** The HMAC keys of `JWT_SECRET`; refuses a missing or short one. */
export function secretKeys(secrets: string | undefined): SecretKeys {
  if (secrets === undefined) {
    throw new StewardError('KEY_MISSING', { setting: 'JWT_SECRET', reason: 'set it, or JWT_JWKS_URL' });
  }
  const [first = '', ...others] = secrets.split(',').map((secret) => secret.trim());
  return [secretKey(first), ...others.map(secretKey)];
}

function secretKey(secret: string): Uint8Array {
  const key = new TextEncoder().encode(secret);
  if (key.length < MIN_SECRET_BYTES) {
    throw new StewardError('CONFIG_INVALID', {
      setting: 'JWT_SECRET',
      reason: `it has ${key.length} bytes; at least ${MIN_SECRET_BYTES} are needed`,
    });
  }
  return key;
}

function jwksUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(url?.hostname ?? '');
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback)) return url;
  throw new StewardError('CONFIG_INVALID', { setting: 'JWT_JWKS_URL', reason: 'an https URL is needed' });
}

function partyOf(claims: JWTPayload): Party {
  const role = ROLES.find((known: Role) => known === claims['role']);
  if (role === undefined) throw unauthenticated(`its role is none of ${ROLES.join(', ')}`);
  const sub = id.safeParse(claims.sub);
  if (!sub.success) throw unauthenticated('its sub is not an id');
  return { role, sub: sub.data };
}

/** With these jose reports a key server that is away or answers no key set. */
const OUR_JOSE_ERRORS = ['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID'];

/** Jose's verdicts on the token are the caller's fault; an unreachable key server is ours. */
function refuse(error: unknown): never {
  if (error instanceof errors.JWTExpired) throw unauthenticated('it has expired');
  if (error instanceof errors.JWTClaimValidationFailed) {
    throw unauthenticated(`its claim "${error.claim}" is missing or not the expected one`);
  }
  if (error instanceof errors.JOSEError && !OUR_JOSE_ERRORS.includes(error.code)) {
    throw unauthenticated('it cannot be verified');
  }
  throw new StewardError('TRY_AGAIN', {}, { cause: error });
}

function unauthenticated(reason: string): StewardError {
  return new StewardError('UNAUTHENTICATED', { reason });
}
