import { SignJWT } from 'jose';
import type { Party } from '../domain/parties';
import { secretKey } from './auth';

/** What goes into a token that Steward issues itself; platforms with their own issuer use `JWT_JWKS_URL`. */
export interface TokenRequest extends Party {
  /** `JWT_SECRET`, at least 32 bytes. */
  secret: string;
  issuer: string;
  audience: string;
  /** Seconds until it expires. */
  ttl: number;
}

/** Signs a bearer token with HS256, for `steward token` and tests. */
export function issueToken({ secret, issuer, audience, role, sub, ttl }: TokenRequest): Promise<string> {
  return new SignJWT({ role })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(sub)
    .setIssuedAt()
    .setExpirationTime(`${ttl} seconds`)
    .sign(secretKey(secret));
}
