import type { Party, Role } from '../domain/parties';

/** Carriers see no orders: they learn what they deliver elsewhere. */
export const READERS: readonly Role[] = ['platform', 'seller', 'buyer', 'operator'];

/** Whose lines a party sees: sellers and buyers only their own (design §5). */
export interface Scope {
  sellerId?: string | undefined;
  buyerId?: string | undefined;
}

/** The scope of a party; empty when it sees all. Carriers never get this far, see `READERS`. */
export function scopeOf({ role, sub }: Party): Scope {
  if (role === 'seller') return { sellerId: sub };
  if (role === 'buyer') return { buyerId: sub };
  return {};
}

/** Whether a line is in a scope. */
export function inScope(line: { sellerId: string; buyerId: string }, scope: Scope): boolean {
  const { sellerId = line.sellerId, buyerId = line.buyerId } = scope;
  return sellerId === line.sellerId && buyerId === line.buyerId;
}

/** A list's filter within what a party sees; null when it asks for another party's. */
export function narrowed<Filter extends Scope>(asked: Filter, party: Party): Filter | null {
  const filter = { ...asked, ...scopeOf(party) };
  const { sellerId = filter.sellerId, buyerId = filter.buyerId } = asked;
  return sellerId === filter.sellerId && buyerId === filter.buyerId ? filter : null;
}
