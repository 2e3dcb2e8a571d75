import { issueToken } from '../../api/token';
import { StewardClient } from '../../client';
import { ROLES, type Role } from '../../domain/parties';

export const TEST_AUTH = {
  issuer: 'https://issuer.test',
  audience: 'steward-test',
  secret: 'a-test-secret-of-more-than-32-bytes',
  jwksUrl: undefined,
};

/** An answer of the API as it came over the wire. */
export interface WireAnswer<Body = unknown> {
  status: number;
  location: string | null;
  body: Body;
}

/** One party at a served API: the typed client, and requests as they are for what that does not show. */
export interface PartyAtApi {
  client: StewardClient;
  /** `path` follows `/v1`. */
  post: <Body>(path: string, body: object, idempotencyKey?: string) => Promise<WireAnswer<Body>>;
}

/** A token of one test run for each role, `sub` being `<role>-1`. */
export async function issueTokens(): Promise<Record<Role, string>> {
  const tokens = ROLES.map(async (role): Promise<[Role, string]> => [role, await tokenOf(role, `${role}-1`)]);
  return Object.fromEntries(await Promise.all(tokens)) as Record<Role, string>;
}

export function tokenOf(role: Role, sub: string): Promise<string> {
  return issueToken({ ...TEST_AUTH, role, sub, ttl: 3_600 });
}

export function partyAt(baseUrl: string, token: string): PartyAtApi {
  return {
    client: new StewardClient({ baseUrl, token }),
    async post<Body>(path: string, body: object, idempotencyKey?: string) {
      const response = await fetch(`${baseUrl}/v1${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
        },
        body: JSON.stringify(body),
      });
      const { status, headers } = response;
      return { status, location: headers.get('location'), body: (await response.json()) as Body };
    },
  };
}
