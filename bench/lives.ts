import type { BenchOrder, Life } from './order';
import type { Signs } from './signs';
import type { Way } from './ways/way';

/** When what happened to an order, in ms since it was triggered. */
export interface Lived {
  /** The trigger was answered. */
  answered: number;
  /** The platform was told that it is opened, or accepted. */
  done: number;
}

/** From payment to the platform hearing of its opening or acceptance. */
export async function live(order: BenchOrder, way: Way, signs: Signs): Promise<Lived> {
  const start = performance.now();
  await way.place(order);
  const answered = performance.now() - start;
  await AFTER_TRIGGER[order.life](order, way, signs);
  return { answered, done: (await signs.told(order.orderId, LAST_EVENT[order.life])) - start };
}

/** With which a life is over, as far as it is measured. */
const LAST_EVENT = { saas: 'order.opened', 'license-code': 'order.completed' } as const;

/** What people do, each as soon as the mail says that it is their move. */
const AFTER_TRIGGER: Record<Life, (order: BenchOrder, way: Way, signs: Signs) => Promise<void>> = {
  saas: () => Promise.resolve(),
  'license-code': async (order, way, signs) => {
    // An API whose Temporal is slow answers before the line has begun.
    await signs.mail(order.orderLineId, 1);
    await way.deliver(order);
    await signs.mail(order.orderLineId, 2);
    const code = await way.claim(order);
    await way.activate(order, code);
    await way.submitProof(order);
  },
};

/** Resolves when nothing more is sent for an order; a SaaS line then waits for the end of its five days. */
export async function settled({ life, orderLineId }: BenchOrder, signs: Signs): Promise<void> {
  const mails = life === 'saas' ? [1] : [1, 2, 3, 4, 5, 6];
  await Promise.all(mails.map((n) => signs.mail(orderLineId, n)));
}
