import { runWaiting } from './load';
import { newOrder } from './order';
import type { SideUnderTest } from './side';
import type { Stage } from './stage';

/** What 1,000 orders that wait for their seller take in the memory of Steward's processes, in MB. */
export interface Memory {
  rssPerThousand: number;
  heapPerThousand: number;
  /** Of the processes without them. */
  rss: number;
}

const MB = 1024 * 1024;

/** Lets orders wait, all of them in the workers' caches, and sees how much the processes have grown. */
export async function measureMemory(stage: Stage, side: SideUnderTest, orders: number): Promise<Memory> {
  const waiting = (run: string, count: number) =>
    runWaiting(
      Array.from({ length: count }, (_, n) => newOrder('license-code', `${run}-${side.name}`, n)),
      side.ways.direct,
      stage.signs,
    );
  // What the first ones take is not theirs: code that is compiled, connections, pools.
  await waiting('W1', warmUpOf(orders));
  const before = await side.usage();
  await waiting('W2', orders);
  const after = await side.usage();
  const perThousand = (bytes: number) => (bytes / MB / orders) * 1_000;
  return {
    rssPerThousand: perThousand(after.rss - before.rss),
    heapPerThousand: perThousand(after.heap - before.heap),
    rss: before.rss / MB,
  };
}

/** How many orders wait before it is measured. */
export function warmUpOf(orders: number): number {
  return Math.min(200, orders);
}
