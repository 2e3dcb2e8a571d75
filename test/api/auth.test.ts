import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type CryptoKey,
  type JWTPayload,
} from 'jose';
import { createAuthenticator } from '../../api/auth';
import { AUTH, expectProblem, send, startRig, type Rig } from './rig';

const secret = new TextEncoder().encode(AUTH.secret);
const good: JWTPayload = { role: 'platform', sub: 'platform-1', iss: AUTH.issuer, aud: AUTH.audience };
const inAMinute = () => Math.floor(Date.now() / 1_000) + 60;

function signed(claims: JWTPayload, key: Uint8Array | CryptoKey = secret, alg = 'HS256'): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg, kid: 'k1' }).sign(key);
}

describe('a bearer token', () => {
  let rig: Rig;
  beforeAll(async () => void (rig = await startRig()));
  afterAll(() => rig.close());

  const list = (authorization?: string) =>
    send(rig.app, { url: '/v1/orders', headers: authorization === undefined ? {} : { authorization } });
  const listWith = async (token: string | Promise<string>) => list(`Bearer ${await token}`);

  it('lets its party in', async () => {
    expect((await listWith(signed({ ...good, exp: inAMinute() }))).status).toBe(200);
  });

  it.each([
    ['nothing at all', undefined],
    ['another scheme', 'Basic cGxhdGZvcm06cGxhdGZvcm0='],
    ['no token', 'Bearer '],
    ['something else', 'Bearer not.a.token'],
  ])('is required: %s', async (_name, authorization) => {
    const answer = await list(authorization);
    expectProblem(answer, 401, 'UNAUTHENTICATED');
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it.each<[string, () => Promise<string>, RegExp]>([
    ['expired', () => signed({ ...good, exp: inAMinute() - 120 }), /expired/],
    ['without exp', () => signed(good), /"exp"/],
    ['of another issuer', () => signed({ ...good, exp: inAMinute(), iss: 'https://evil.test' }), /"iss"/],
    ['for another audience', () => signed({ ...good, exp: inAMinute(), aud: 'other' }), /"aud"/],
    ['without sub', () => signed({ ...omit('sub'), exp: inAMinute() }), /"sub"/],
    ['with a sub that is no id', () => signed({ ...good, exp: inAMinute(), sub: 'a b/../c' }), /sub/],
    ['without role', () => signed({ ...omit('role'), exp: inAMinute() }), /"role"/],
    ['with an unknown role', () => signed({ ...good, exp: inAMinute(), role: 'admin' }), /role/],
    ['not yet valid', () => signed({ ...good, exp: inAMinute(), nbf: inAMinute() - 20 }), /"nbf"/],
    [
      'signed with another key',
      () =>
        signed(
          { ...good, exp: inAMinute() },
          secret.map((byte) => byte ^ 1),
        ),
      /verified/,
    ],
    [
      'signed with another algorithm',
      () => signed({ ...good, exp: inAMinute() }, secret, 'HS512'),
      /verified/,
    ],
    [
      'not signed (alg none)',
      () => Promise.resolve(new UnsecuredJWT({ ...good, exp: inAMinute() }).encode()),
      /verified/,
    ],
  ])('is refused when it is %s', async (_name, token, reason) => {
    const problem = expectProblem(await listWith(token()), 401, 'UNAUTHENTICATED');
    expect(problem.detail).toMatch(reason);
  });

  it('is refused before the body is read', async () => {
    const payload = 'x'.repeat(300 * 1024);
    const headers = { 'content-type': 'application/json' };
    const answer = await send(rig.app, { method: 'POST', url: '/v1/orders', headers, payload });
    expectProblem(answer, 401, 'UNAUTHENTICATED');
  });
});

describe('tokens of an issuer with published keys', () => {
  let server: Server;
  let jwksUrl: string;
  let keys: { publicKey: CryptoKey; privateKey: CryptoKey };
  let reachable = true;

  beforeAll(async () => {
    keys = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'RS256' };
    server = createServer((_request, response) => {
      response.statusCode = reachable ? 200 : 500;
      response.end(JSON.stringify({ keys: [jwk] }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  const authenticator = () => createAuthenticator({ issuer: AUTH.issuer, audience: AUTH.audience, jwksUrl });

  it('are verified with them', async () => {
    const token = await signed({ ...good, exp: inAMinute() }, keys.privateKey, 'RS256');
    await expect(authenticator()(`Bearer ${token}`)).resolves.toEqual({
      role: 'platform',
      sub: 'platform-1',
    });
  });

  it('cannot be forged by using a public key as an HMAC secret', async () => {
    const publicPem = new TextEncoder().encode(await exportSPKI(keys.publicKey));
    const token = await signed({ ...good, exp: inAMinute() }, publicPem, 'HS256');
    await expect(authenticator()(`Bearer ${token}`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('wait when the key server is away: that is not the caller’s fault', async () => {
    reachable = false;
    const token = await signed({ ...good, exp: inAMinute() }, keys.privateKey, 'RS256');
    await expect(authenticator()(`Bearer ${token}`)).rejects.toMatchObject({ code: 'TRY_AGAIN' });
  });
});

describe('the settings', () => {
  const { issuer, audience } = AUTH;
  it.each([
    ['nothing that proves a token', {}, 'KEY_MISSING'],
    ['a short secret', { secret: 'x'.repeat(31) }, 'CONFIG_INVALID'],
    ['both ways', { secret: AUTH.secret, jwksUrl: 'https://issuer.test/jwks' }, 'CONFIG_INVALID'],
    ['keys over plain http', { jwksUrl: 'http://issuer.test/jwks' }, 'CONFIG_INVALID'],
    ['a URL that is none', { jwksUrl: 'issuer' }, 'CONFIG_INVALID'],
  ])('stop the start with %s', (_name, proof, code) => {
    expect(() => createAuthenticator({ issuer, audience, ...proof })).toThrow(
      expect.objectContaining({ code }) as Error,
    );
  });
});

function omit(claim: 'sub' | 'role'): JWTPayload {
  return Object.fromEntries(Object.entries(good).filter(([name]) => name !== claim));
}
