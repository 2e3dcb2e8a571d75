import { StewardClient } from '../../client';
import type { Role } from '../../domain/parties';

/** The parties as whom the demo speaks. */
const SPEAKERS = ['platform', 'seller', 'buyer', 'operator'] as const;

/** The demo speaks to Steward as its parties would, each with a token of its own. */
export type DemoClients = Record<(typeof SPEAKERS)[number], StewardClient>;

export function demoClients(baseUrl: string, tokens: Record<Role, string>): DemoClients {
  const all = SPEAKERS.map((role) => [role, new StewardClient({ baseUrl, token: tokens[role] })] as const);
  return Object.fromEntries(all) as DemoClients;
}
