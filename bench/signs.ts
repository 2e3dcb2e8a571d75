import { messageId } from '../activities/mail/send';
import type { PlatformEventType } from '../domain/events';
import { mailId } from '../domain/ids';
import type { Mailbox } from '../sim/mailbox';
import type { SimulatedPlatform } from '../sim/platform';
import type { SimulatedSeller } from '../sim/seller';

/** How long something may take before the benchmark gives up, in ms. */
const PATIENCE = 120_000;

/** What the outside world sees of orders: nothing is asked of Steward to know how far one is. */
export class Signs {
  private readonly seen = new Map<string, number>();
  private readonly waiting = new Map<string, (at: number) => void>();
  private readonly of = new Map<string, number[]>();

  constructor(
    seller: SimulatedSeller,
    platform: SimulatedPlatform,
    mailbox: Mailbox,
    private readonly mailFrom: string,
  ) {
    seller.events.on('call', ({ activity, orderId }) => {
      const isStep = activity === 'newInstance' || activity === 'queryInstance';
      if (isStep) this.note(`${activity} ${orderId}`, orderId);
    });
    platform.seen.on('request', ({ id, orderId }) => {
      const event = platform.events.findLast((one) => one.id === id);
      this.note(event ? `${event.type} ${orderId}` : id, orderId);
    });
    mailbox.seen.on('mail', (mail) => this.note(`mail ${mail.messageId}`));
  }

  /** When the platform first heard this of an order; `performance.now()`. */
  told(orderId: string, type: PlatformEventType): Promise<number> {
    return this.when(`${type} ${orderId}`);
  }

  /** Whether the platform had heard this of an order at that moment. */
  wasTold(orderId: string, type: PlatformEventType, at: number): boolean {
    return (this.seen.get(`${type} ${orderId}`) ?? Infinity) <= at;
  }

  /** When the line's n-th mail was delivered. */
  mail(orderLineId: string, n: number): Promise<number> {
    return this.when(`mail ${messageId(mailId(orderLineId, n), this.mailFrom)}`);
  }

  /** When the seller was first called to open an order. */
  call(orderId: string): Promise<number> {
    return this.when(`newInstance ${orderId}`);
  }

  /** When seller or platform first heard of an order after `since`. */
  async next(orderId: string, since: number): Promise<number> {
    for (const end = performance.now() + PATIENCE; ;) {
      const found = this.of.get(orderId)?.find((at) => at > since);
      if (found !== undefined) return found;
      if (performance.now() > end) throw new Error(`Order ${orderId} went on no more`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  private note(sign: string, orderId?: string): void {
    const at = performance.now();
    if (orderId !== undefined) this.of.set(orderId, [...(this.of.get(orderId) ?? []), at]);
    if (this.seen.has(sign)) return;
    this.seen.set(sign, at);
    this.waiting.get(sign)?.(at);
    this.waiting.delete(sign);
  }

  private when(sign: string): Promise<number> {
    const seen = this.seen.get(sign);
    if (seen !== undefined) return Promise.resolve(seen);
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`The benchmark waits in vain for: ${sign}`)), PATIENCE);
      this.waiting.set(sign, (at) => {
        clearTimeout(late);
        resolve(at);
      });
    });
  }
}
