import { createRemoteJWKSet } from 'jose';
import { createAuthenticator } from '../../../api/auth';
import { authSettings } from '../../../workers/settings';
import { serverCertificateEnd, validity } from '../certificate';
import type { Check } from '../check';
import { ok, wrong } from '../finding';

/** Whether the keys that prove bearer tokens can be had. */
export const TOKEN_KEYS: Check = {
  name: 'token keys',
  part: 'api',
  async look({ env, now, limit }, signal) {
    const auth = authSettings(env);
    createAuthenticator(auth);
    if (auth.jwksUrl === undefined) return ok('tokens are proven by JWT_SECRET');
    const url = new URL(auth.jwksUrl);
    try {
      const keys = createRemoteJWKSet(url, { timeoutDuration: limit });
      await keys.reload();
      const count = keys.jwks()?.keys.length ?? 0;
      if (count === 0) return wrong(`${url.host} has no key`, 'let the issuer of tokens publish one there');
      if (url.protocol === 'http:') return ok(`${count} keys at ${url.host}`);
      const end = await serverCertificateEnd(url.hostname, Number(url.port || 443), {}, signal);
      return validity(
        `${count} keys at ${url.host}; its certificate`,
        end,
        now(),
        'tell its operator to renew it',
      );
    } catch (error) {
      return wrong(
        `${url.host} gives no keys: ${(error as Error).message}`,
        'correct JWT_JWKS_URL, or let this machine reach it; without it every token is refused',
      );
    }
  },
};
