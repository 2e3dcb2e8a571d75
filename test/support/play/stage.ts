import type { OrderBody } from '../../../domain/schemas/order';
import { RECIPIENT, SECRETS } from '../orders';
import { trackingNumbersOf } from './arguments';
import type { Ground } from './ground';
import type { LivePlan } from './live-orders';

/** So many lives are played at the same time, each by parties of its own: the API counts requests by caller. */
export const LANES = 8;

export const sellerOf = (lane: number) => `play-seller-${lane}`;
export const buyerOf = (lane: number) => `play-buyer-${lane}`;

/** The ground with the parties of all lanes, and a Steward that any life may take away from all. */
export class Stage {
  kills = 0;
  private killing: Promise<void> | undefined;

  constructor(readonly ground: Ground) {}

  /** The sellers have production URLs: they open SaaS, and are told of all other orders. */
  async registerSellers(): Promise<void> {
    const { ground } = this;
    const { client } = await ground.other('platform', 'platform-1');
    for (let lane = 0; lane < LANES; lane += 1) {
      const id = sellerOf(lane);
      const about = { name: id, email: `${id}@seller.example`, language: 'en' as const };
      await client.putSeller(id, { ...about, accessKey: SECRETS.accessKey });
      await client.putProduct(id, 'product-1', { name: 'CRM', productionUrl: ground.seller.url });
    }
  }

  /** Kills Steward, which comes back; who asks meanwhile waits for the same. */
  kill(): Promise<void> {
    this.killing ??= this.killNow().finally(() => (this.killing = undefined));
    return this.killing;
  }

  /** No kill is under way any more. */
  async quiet(): Promise<void> {
    await this.killing;
  }

  private async killNow(): Promise<void> {
    this.kills += 1;
    await this.ground.kill();
  }

  /** The order of a plan, not placed yet; seller, platform and carrier know what they are to do with it. */
  orderOf(
    { delivery, reviewed, once, creates, releases, refunds, parcels }: LivePlan,
    lane: number,
  ): OrderBody {
    const { ground } = this;
    const body = ground.newOrder(creates, {
      ...{ delivery, sellerId: sellerOf(lane), assetVersion: '1.0.0' },
      ...(reviewed && { scene: 'empowerment' as const, trade: 'joint' as const }),
      ...(once && { charging: { mode: 'ONE_TIME' as const } }),
      recipient: RECIPIENT,
    });
    ground.seller.script(body.orderId, releases, 'releaseInstance');
    ground.platform.behave('/refunds', refunds, body.orderId);
    for (const number of trackingNumbersOf(body.orderId)) ground.carrier?.script(number, parcels);
    return { ...body, buyer: { ...body.buyer, id: buyerOf(lane) } };
  }
}
