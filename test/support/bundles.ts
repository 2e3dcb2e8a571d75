import type { WorkflowHandle } from '@temporalio/client';
import type { BundleRequestBody, OrderAnswer, OrderLineAnswer } from '../../client';
import { bundleUnsubscriptionWorkflowId, orderLineWorkflowId } from '../../domain/ids';
import type { OrderBody } from '../../domain/schemas/order';
import { eventually } from './eventually';
import { expectSound, secretsIn } from './history-checks';
import { LiveRig } from './live-rig';
import { SECRETS } from './orders';
import type { PartyAtApi } from './parties';
import { recordHistory } from './record';

/** Who sells the lines of a bundle, in turn. */
export const BUNDLE_SELLERS = ['seller-1', 'seller-2'] as const;

type Line = Partial<OrderBody['lines'][number]>;

/** A bundle that was placed on a live rig. */
export class PlacedBundle {
  private constructor(
    private readonly rig: LiveRig,
    readonly order: OrderBody,
    private readonly sellers: Record<string, PartyAtApi>,
  ) {}

  /** @param lines one for each; default: of kind `license-offline`, sold by `BUNDLE_SELLERS` in turn */
  static async place(rig: LiveRig, lines: Line[] = [{}, {}]): Promise<PlacedBundle> {
    const { orderId, ...order } = rig.newOrder();
    const [only] = order.lines;
    const bundle: OrderBody = {
      ...{ ...order, orderId, bundle: true },
      lines: lines.map((line, n) => ({
        ...{ ...only!, orderLineId: `${orderId}-00000${n + 1}`, delivery: 'license-offline' },
        ...{ sellerId: BUNDLE_SELLERS[n % 2]!, ...line },
      })),
    };
    await rig.as('platform').client.placeOrder(bundle);
    const parties = BUNDLE_SELLERS.map(async (id): Promise<[string, PartyAtApi]> => [
      id,
      await rig.other('seller', id),
    ]);
    return new PlacedBundle(rig, bundle, Object.fromEntries(await Promise.all(parties)));
  }

  get orderId(): string {
    return this.order.orderId;
  }

  /** From 1. */
  lineId(n: number): string {
    return this.order.lines[n - 1]!.orderLineId!;
  }

  /** The seller of the n-th line. */
  sellerOf(n: number): PartyAtApi {
    return this.sellers[this.order.lines[n - 1]!.sellerId]!;
  }

  /** What the buyer asks for: 1 CNY of the first line, 2 of the second, and so on. */
  wish(reason = 'We need it no more'): BundleRequestBody {
    const lines = this.order.lines.map((_, n) => ({
      orderLineId: this.lineId(n + 1),
      amount: { currency: 'CNY', minor: (n + 1) * 100 },
    }));
    return { reason, lines };
  }

  request(reason?: string): Promise<OrderAnswer> {
    return this.rig.as('buyer').client.requestBundleUnsubscription(this.orderId, this.wish(reason));
  }

  withdraw(): Promise<OrderAnswer> {
    return this.rig.as('buyer').client.withdrawBundleUnsubscription(this.orderId);
  }

  approve(n: number): Promise<OrderLineAnswer> {
    return this.answer(n, 'approve-unsubscription', {});
  }

  reject(n: number, reason = 'It is in use'): Promise<OrderLineAnswer> {
    return this.answer(n, 'reject-unsubscription', { reason });
  }

  private answer(n: number, command: 'approve-unsubscription' | 'reject-unsubscription', data: object) {
    const options = { orderLineId: this.lineId(n) };
    return this.sellerOf(n).client.command(this.orderId, command, data as { reason: string }, options);
  }

  /** An operator closes the n-th line, with a refund. */
  close(n: number, minor = 5): Promise<OrderLineAnswer> {
    const data = { reason: 'Sold by mistake', refund: { currency: 'CNY', minor } };
    return this.rig
      .as('operator')
      .client.command(this.orderId, 'close', data, { orderLineId: this.lineId(n) });
  }

  async closeAll(): Promise<void> {
    for (const [n] of this.order.lines.entries()) await this.close(n + 1);
  }

  async lines(): Promise<OrderLineAnswer[]> {
    return (await this.rig.as('operator').client.getOrder(this.orderId)).lines;
  }

  until(holds: (lines: OrderLineAnswer[]) => boolean): Promise<OrderLineAnswer[]> {
    return eventually(() => this.lines(), holds, 60_000);
  }

  /** How the unsubscription of each line stands. */
  async statuses(): Promise<(string | undefined)[]> {
    return (await this.lines()).map(({ unsubscription }) => unsubscription?.status);
  }

  untilStatuses(...statuses: (string | undefined)[]): Promise<OrderLineAnswer[]> {
    return this.until((lines) => lines.every((line, n) => line.unsubscription?.status === statuses[n]));
  }

  /** The amounts that the platform refunded, by line. */
  refunds(): (number | undefined)[] {
    const { refunds } = this.rig.platform;
    return this.order.lines.map((_, n) => {
      const ofLine = refunds.filter(({ orderLineId }) => orderLineId === this.lineId(n + 1));
      expect(ofLine.length).toBeLessThanOrEqual(1);
      return ofLine[0]?.amount.minor;
    });
  }

  lineHandle(n: number): WorkflowHandle {
    return this.rig.runtime.client.workflow.getHandle(orderLineWorkflowId(this.orderId, this.lineId(n)));
  }

  /** The unsubscription that runs, or ran last. */
  get handle(): WorkflowHandle {
    return this.rig.runtime.client.workflow.getHandle(bundleUnsubscriptionWorkflowId(this.orderId));
  }

  async outcome(): Promise<unknown> {
    return this.handle.result();
  }

  /** All lines have ended, and each history of theirs and of the unsubscriptions is sound. */
  async expectSound(): Promise<void> {
    for (const [n] of this.order.lines.entries()) {
      await eventually(
        async () => (await this.lineHandle(n + 1).describe()).status.name,
        (status) => status !== 'RUNNING',
      );
      await this.soundRuns(this.lineHandle(n + 1).workflowId);
    }
    await this.soundRuns(bundleUnsubscriptionWorkflowId(this.orderId));
    expect(secretsIn(this.rig.log(), this.rig.secrets)).toEqual([]);
  }

  /** Every run of a workflow has closed by itself, and replays. */
  private async soundRuns(workflowId: string): Promise<void> {
    const { workflow } = this.rig.runtime.client;
    const { runId: latest } = await workflow.getHandle(workflowId).describe();
    // The list lags behind.
    const closed = await eventually(
      async () => {
        const runs = [];
        for await (const run of workflow.list({ query: `WorkflowId = '${workflowId}'` })) runs.push(run);
        return runs;
      },
      (runs) =>
        runs.some(({ runId }) => runId === latest) && runs.every(({ status }) => status.name !== 'RUNNING'),
    );
    for (const { runId } of closed) {
      const history = await workflow.getHandle(workflowId, runId).fetchHistory();
      await expectSound(history, workflowId);
      recordHistory(history, workflowId, workflowId.startsWith('order-line/') ? 'line' : 'bundle');
    }
  }
}

/** A live rig with the sellers of bundles, and the bundles that a test places there. */
export class BundleRig {
  private readonly placed: PlacedBundle[] = [];

  private constructor(readonly rig: LiveRig) {}

  static async start(): Promise<BundleRig> {
    const rig = await LiveRig.start({ windows: 'standard' });
    await registerBundleSellers(rig);
    return new BundleRig(rig);
  }

  /** @param lines as of `PlacedBundle.place` */
  async place(...lines: Line[]): Promise<PlacedBundle> {
    const bundle = await PlacedBundle.place(this.rig, lines.length > 0 ? lines : undefined);
    this.placed.push(bundle);
    return bundle;
  }

  /** After each test: every bundle that it placed has ended, and is sound. */
  async expectAllSound(): Promise<void> {
    for (const bundle of this.placed.splice(0)) await bundle.expectSound();
  }
}

/** Registers the second seller, who has no production URL to be called at. */
async function registerBundleSellers(rig: LiveRig): Promise<void> {
  const { client } = rig.as('platform');
  const about = { name: 'Second seller', email: 'second@seller.example', language: 'en' as const };
  await client.putSeller('seller-2', { ...about, accessKey: SECRETS.accessKey });
  await client.putProduct('seller-2', 'product-1', { name: 'CRM' });
}
