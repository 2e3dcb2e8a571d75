import { setTimeout as sleep } from 'node:timers/promises';
import { live, settled, type Lived } from './lives';
import type { BenchOrder } from './order';
import type { Signs } from './signs';
import type { Way } from './ways/way';

/** After the last mail its task is still to be written down, in ms. */
const LAST_TASKS = 500;

export interface Load {
  lived: Lived[];
  /** From the first trigger until the last order was done. */
  seconds: number;
}

/** Lives all orders, so many at a time; a place is free again when an order is done. Waits until all is quiet. */
export async function runLoad(
  orders: readonly BenchOrder[],
  concurrency: number,
  way: Way,
  signs: Signs,
): Promise<Load> {
  await way.prepare(orders);
  const lived: Lived[] = [];
  const queue = orders.values();
  const start = performance.now();
  const place = async (): Promise<void> => {
    for (const order of queue) lived.push(await live(order, way, signs));
  };
  await Promise.all(Array.from({ length: concurrency }, place));
  const seconds = (performance.now() - start) / 1_000;
  await Promise.all(orders.map((order) => settled(order, signs)));
  await sleep(LAST_TASKS);
  return { lived, seconds };
}

/** How many orders are placed at a time when nothing is timed. */
const AT_ONCE = 20;

/** Places orders that then wait for their sellers, until their mails are out. */
export async function runWaiting(orders: readonly BenchOrder[], way: Way, signs: Signs): Promise<void> {
  await way.prepare(orders);
  const queue = orders.values();
  const place = async (): Promise<void> => {
    for (const order of queue) {
      await way.place(order);
      await signs.mail(order.orderLineId, 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, place));
  await sleep(LAST_TASKS);
}
