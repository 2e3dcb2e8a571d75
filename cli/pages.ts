import type { Page } from '../client';

/** A list to its end, as one page. */
export async function wholeList<Item>(each: AsyncIterable<Item>): Promise<Page<Item>> {
  const items: Item[] = [];
  for await (const item of each) items.push(item);
  return { items, nextCursor: null };
}

/** Tells people how to see the rest of a list. */
export function more({ nextCursor }: Page<unknown>): string {
  return nextCursor === null ? '' : `\n\nThere is more: --all, or the next page with --cursor ${nextCursor}`;
}
