import { SignJWT } from 'jose';
import type { Party } from '../domain/parties';
import { secretKeys } from './auth';

/** What goes into a token that Steward issues itself; platforms with their own issuer use `JWT_JWKS_URL`. */
export interface TokenRequest extends Party {
  /** `JWT_SECRET`; of several the first signs. */
  secret: string;
  issuer: string;
  audience: string;
  /** Seconds until it expires. */
  ttl: number;
}

/** Signs a bearer token with HS256, for `steward token` and tests. */
export async function issueToken({
  secret,
  issuer,
  audience,
  role,
  sub,
  ttl,
}: TokenRequest): Promise<string> {
  const [key] = secretKeys(secret);
  return new SignJWT({ role })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(sub)
    .setIssuedAt()
    .setExpirationTime(`${ttl} seconds`)
    .sign(key);
}
