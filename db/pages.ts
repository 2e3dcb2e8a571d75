import type { Page } from '../domain/answers';
import { StewardError } from '../domain/errors';
import { isWritable } from '../domain/time';

/** Which page: `cursor` is the `nextCursor` of the page before. */
export interface PageRequest {
  cursor?: string | undefined;
  /** 1 to 200; default 50. */
  limit?: number | undefined;
}

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

/** Rows to read: one more than the page has, to know whether another follows. */
export function rowsToRead({ limit = DEFAULT_LIMIT }: PageRequest): number {
  return Math.min(Math.max(limit, 1), MAX_LIMIT) + 1;
}

/** Makes the page out of `rowsToRead` rows. `position` is what the list is sorted by: a moment, then ids. */
export function pageOf<Item>(
  rows: Item[],
  request: PageRequest,
  position: (item: Item) => [at: number, ...ids: string[]],
): Page<Item> {
  const items = rows.slice(0, rowsToRead(request) - 1);
  const last = items.at(-1);
  const more = last !== undefined && rows.length > items.length;
  const nextCursor = more ? Buffer.from(JSON.stringify(position(last))).toString('base64url') : null;
  return { items, nextCursor };
}

/**
 * Reads a cursor back: the position after which the page starts.
 *
 * @param ids how many ids follow the moment
 * @throws `INVALID_REQUEST` for anything that `pageOf` did not make
 */
export function positionOf(cursor: string, ids: number): [at: number, ...ids: string[]] {
  try {
    const position = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
    if (isPosition(position) && position.length === ids + 1) return position;
  } catch {
    // Not JSON: refused below like any other.
  }
  throw new StewardError('INVALID_REQUEST', {
    problems: 'cursor: take it from nextCursor of the page before',
  });
}

function isPosition(value: unknown): value is [number, ...string[]] {
  if (!Array.isArray(value)) return false;
  const [at, ...ids] = value as unknown[];
  const moment = typeof at === 'number' && Number.isInteger(at) && isWritable(at);
  return moment && ids.every((id) => typeof id === 'string' && !id.includes('\0'));
}
