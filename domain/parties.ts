/** Who may call Steward: the `role` of a bearer token (design §5). */
export const ROLES = ['platform', 'seller', 'buyer', 'carrier', 'operator'] as const;
export type Role = (typeof ROLES)[number];

/** A caller: the role and the id (`sub`) of its token. Ids are opaque and hold no personal data. */
export interface Party {
  role: Role;
  sub: string;
}

/** Whose move it is in an order line. `nobody` when the line needs no one, or has ended. */
export const WAITING_FOR = ['platform', 'seller', 'buyer', 'carrier', 'operator', 'nobody'] as const;
export type WaitingFor = (typeof WAITING_FOR)[number];
