import { issueToken } from '../../api/token';
import { ROLES, type Role } from '../../domain/parties';
import type { ApiSettings } from '../../workers/settings';

/** The parties of the samples, by role. */
const PARTIES: Record<Role, string> = {
  platform: 'platform-1',
  seller: 'seller-1',
  buyer: 'buyer-1',
  carrier: 'carrier-1',
  operator: 'operator-1',
};

const DAY_SECONDS = 86_400;

/** One bearer token for each role, good for a day. */
export async function issueTokens({ auth }: Pick<ApiSettings, 'auth'>): Promise<Record<Role, string>> {
  const { secret = '', issuer, audience } = auth;
  const tokens = await Promise.all(
    ROLES.map(async (role): Promise<[Role, string]> => [
      role,
      await issueToken({ secret, issuer, audience, role, sub: PARTIES[role], ttl: DAY_SECONDS }),
    ]),
  );
  return Object.fromEntries(tokens) as Record<Role, string>;
}

/** What a person needs to look around: where things are, who to be, and a first call. */
export function card(places: Record<string, string>, tokens: Record<Role, string>, example: string): string {
  const rows = [
    ...Object.entries(places),
    ...ROLES.map((role): [string, string] => [`Token ${role} (${PARTIES[role]})`, tokens[role]]),
    ['Try', example] as [string, string],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}
