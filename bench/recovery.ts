import { latencyOf, type Latency } from './latency';
import { runLoad } from './load';
import { newOrder, type BenchOrder } from './order';
import type { SideUnderTest } from './side';
import type { Stage } from './stage';

/** How orders went on after a worker was killed amid them. */
export interface Recovery {
  /** Orders in flight at the kill. */
  inFlight: number;
  /** From the kill until a worker was there again, in ms: 0 where another one was. */
  down: number;
  /** From then until an order's next step was seen outside, in ms. */
  nextStep: Latency;
  /** From then until all were opened, in ms. */
  allOpened: number;
}

/** How long the held calls wait for their answer, in ms: until all are made, and within the activity's own limit. */
const HELD_MS = 14_000;

/**
 * Kills a worker with −9 while about `inHand` orders are in flight: two of three in a call that their seller does not
 * answer, the others triggered just now. With PostgreSQL two workers share the orders, and of twice as many calls those
 * of the killed one count.
 */
export async function measureRecovery(stage: Stage, side: SideUnderTest, inHand: number): Promise<Recovery> {
  const { signs, seller } = stage;
  const held = Math.ceil((inHand * 2) / 3);
  const { api, direct } = side.ways;
  const orders = (run: string, count: number) =>
    Array.from({ length: count }, (_, n) => newOrder('saas', `${run}-${side.name}`, n));
  await side.startSecondWorker();
  // A worker that has just started is slow; in production the other one has been there for long.
  await runLoad(orders('K0', held * 2), held, api, signs);

  const calling = orders('K1', side.isShared ? held * 2 : held).map((order) => ({
    ...order,
    sellerCall: HELD_MS,
  }));
  for (const { orderId } of calling) seller.script(orderId, ['hang', 'open']);
  await direct.prepare(calling);
  await Promise.all(calling.map((order) => direct.place(order)));
  await Promise.all(calling.map(({ orderId }) => signs.call(orderId)));
  const ofTheKilled = await side.callingFrom(calling);

  const triggered: BenchOrder[] = [];
  await new Promise<void>((resolve, reject) => {
    // A few more than are waited for: the last ones of a burst are still being placed when the worker dies.
    for (const order of orders('K2', inHand - held + 8)) {
      const answered = () => {
        if (triggered.push(order) >= inHand - held) resolve();
      };
      // After the kill it has no effect. With PGlite the API is killed too: who gets no answer is not counted.
      api.place(order).then(answered, reject);
    }
  });

  const { gone, again } = await side.killWorker();
  // Some were over when the worker died. On a slow machine the first calls are given up when the last are made: those
  // orders go on in an hour.
  const inFlight = [...ofTheKilled, ...triggered].filter(
    ({ orderId }) =>
      !signs.wasTold(orderId, 'order.opened', gone) && !signs.wasTold(orderId, 'order.call_failed', gone),
  );
  const steps = await Promise.all(inFlight.map(({ orderId }) => signs.next(orderId, gone)));
  const opened = await Promise.all(
    inFlight.map(({ orderId }) =>
      Promise.any([signs.told(orderId, 'order.opened'), signs.told(orderId, 'order.call_failed')]),
    ),
  );
  return {
    inFlight: inFlight.length,
    down: again - gone,
    nextStep: latencyOf(steps.map((at) => Math.max(0, at - again))),
    allOpened: Math.max(...opened) - again,
  };
}
