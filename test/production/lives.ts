import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { StewardApiError, type Command, type CommandBody, type OrderLineSummary } from '../../client';
import { defaultOrderLineId, orderLineWorkflowId, unsubscriptionId } from '../../domain/ids';
import type { Script } from '../../sim/seller';
import { expectSound, testDataConverter } from '../support/history-checks';
import { orderBody } from '../support/orders';
import { PROOF } from '../support/supervised';
import { SELLER, type ShapeRig } from './shape-rig';

const REFUND = { currency: 'CNY', minor: 700 };

/** What is done with an order, and how it has to end. */
interface Life {
  orderId: string;
  ends: 'COMPLETED' | 'UNSUBSCRIBED';
  lived: Promise<void>;
}

/** Orders at the production shape, placed and moved on by clients that repeat a request under its key until it is answered. */
export class Lives {
  readonly all: Life[] = [];

  constructor(private readonly rig: ShapeRig) {}

  /** Some that are under way together. */
  batch(): Life[] {
    return [this.opened(), this.accepted(), this.refunded(), this.opened(), this.accepted()];
  }

  /** SaaS, opened by calls to the seller, which does with them as the script says. */
  opened(script: Script = ['open']): Life {
    return this.live('COMPLETED', 'saas', script, () => Promise.resolve());
  }

  /** A licence that is delivered and accepted. */
  private accepted(): Life {
    return this.live('COMPLETED', 'license-offline', ['open'], async (orderId) => {
      await this.command(orderId, 'seller', 'deliver', { proof: PROOF });
      await this.command(orderId, 'buyer', 'accept', {});
    });
  }

  /** A licence that is taken back by agreement. */
  private refunded(): Life {
    return this.live('UNSUBSCRIBED', 'license-offline', ['open'], async (orderId) => {
      await this.command(orderId, 'buyer', 'request-unsubscription', {
        amount: REFUND,
        reason: 'Not needed',
      });
      await this.command(orderId, 'seller', 'approve-unsubscription', {});
    });
  }

  private live(
    ends: Life['ends'],
    delivery: 'saas' | 'license-offline',
    script: Script,
    move: (orderId: string) => Promise<void>,
  ): Life {
    const orderId = `CS-SHAPE-${this.all.length + 1}`;
    this.rig.seller.script(orderId, script);
    const body = orderBody(orderId, { sellerId: SELLER, delivery });
    const lived = this.rig.insist('platform', (client) => client.placeOrder(body)).then(() => move(orderId));
    // Awaited at the end; until then a failure is no unhandled one.
    lived.catch(() => undefined);
    const life = { orderId, ends, lived };
    this.all.push(life);
    return life;
  }

  async command<C extends Command>(
    orderId: string,
    by: 'seller' | 'buyer',
    name: C,
    data: CommandBody<C>,
  ): Promise<void> {
    const idempotencyKey = crypto.randomUUID();
    let sent = 0;
    await this.rig.insist(by, async (client) => {
      try {
        sent += 1;
        await client.command(orderId, name, data, { idempotencyKey });
      } catch (error) {
        // The last move, whose answer was lost, may have ended the order.
        const wasLost = sent > 1 && error instanceof StewardApiError && error.code === 'ORDER_ENDED';
        if (!wasLost) throw error;
      }
    });
  }

  /** Waits until all have ended, and checks that each has the one end that it has to have, with a sound history. */
  async expectOneEndEach(): Promise<void> {
    await Promise.all(this.all.map(({ lived }) => lived));
    await this.untilEnded();
    for (const life of this.all) await expectOneEnd(this.rig, life);

    const connection = await Connection.connect({ address: this.rig.temporalAddress });
    const temporal = new Client({ connection, namespace: 'steward', dataConverter: testDataConverter });
    for (const { orderId } of this.all) {
      const line = temporal.workflow.getHandle(orderLineWorkflowId(orderId, defaultOrderLineId(orderId)));
      await line.result();
      await expectSound(await line.fetchHistory(), line.workflowId);
    }
    await connection.close();
  }

  /** One request for all: each party has 600 a minute. */
  private async untilEnded(): Promise<void> {
    for (const deadline = Date.now() + 120_000; Date.now() < deadline; await sleep(1000)) {
      const all = await this.rig.insist('operator', async (client) => {
        const found: OrderLineSummary[] = [];
        for await (const order of client.eachOrder()) found.push(order);
        return found;
      });
      if (all.length >= this.all.length && all.every(({ node }) => node === 'ENDED')) return;
    }
    throw new Error('Some orders have not ended');
  }
}

/** API, seller and platform say the same of it. */
async function expectOneEnd(rig: ShapeRig, { orderId, ends }: Life): Promise<void> {
  const { lines } = await rig.insist('operator', (client) => client.getOrder(orderId));
  expect(lines).toMatchObject([{ orderId, status: ends, node: 'ENDED' }]);
  const { delivery, instanceId } = lines[0]!;
  const ours = <About extends { orderId: string }>(all: readonly About[]) =>
    all.filter((about) => about.orderId === orderId);
  const { seller, platform } = rig;
  const isOpen = { instanceId, released: false };
  expect(ours(seller.instances)).toMatchObject(delivery === 'saas' ? [isOpen] : []);
  const refund = { refundId: unsubscriptionId(defaultOrderLineId(orderId), 1), amount: REFUND };
  expect(ours(platform.refunds)).toMatchObject(ends === 'UNSUBSCRIBED' ? [refund] : []);
  const told = ours(platform.events).map(({ type }) => type);
  expect(told).toEqual([...new Set(told)]);
  expect(told).toContain(ends === 'UNSUBSCRIBED' ? 'order.unsubscribed' : 'order.completed');
  expect(told).not.toContain(ends === 'UNSUBSCRIBED' ? 'order.completed' : 'order.unsubscribed');
}
