import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { loadDataConverter } from '@temporalio/common/lib/internal-non-workflow';
import { StewardClient, type OrderLineAnswer } from '../../client';
import { bundleUnsubscriptionWorkflowId, orderLineWorkflowId } from '../../domain/ids';
import type { BundleOutcome } from '../../domain/bundle';
import { eventually } from '../support/eventually';
import { expectSound, secretsIn, testDataConverter, workflowBundle } from '../support/history-checks';
import { SECRETS } from '../support/orders';
import { tokenOf } from '../support/parties';
import { quietRuntime } from '../support/quiet';
import { endAllHomes } from '../support/up-home';
import { inWorld, type World } from './world';

/**
 * kill −9 of the process that owns database, worker and API, at each step of the unsubscription of bundles (domain.md
 * 3.1): while lines are reserved and sellers asked, while the last approval locks and refunds, and while all are freed.
 */

const MINUTES = 480_000;
const SELLERS = ['seller-2', 'seller-3'] as const;

beforeAll(async () => {
  quietRuntime();
  await workflowBundle();
  loadDataConverter(testDataConverter);
});
afterAll(endAllHomes);

/** A request of a party, under the same `Idempotency-Key` each time that it is sent. */
type Step = () => Promise<unknown>;

/** A bundle of two lines of two sellers, and what is asked of it. */
class Bundle {
  readonly orderId: string;

  private constructor(
    readonly world: World,
    readonly temporal: Client,
    private readonly sellers: StewardClient[],
    readonly lineIds: string[],
    orderId: string,
  ) {
    this.orderId = orderId;
  }

  static async place(world: World, temporal: Client, sellers: StewardClient[]): Promise<Bundle> {
    const order = world.newOrder(['open']);
    const { orderId } = order;
    const lines = SELLERS.map((sellerId, n) => ({
      ...{ ...order.lines[0]!, sellerId, orderLineId: `${orderId}-00000${n + 1}` },
      delivery: 'license-offline' as const,
    }));
    await world.api.platform.placeOrder({ ...order, bundle: true, lines });
    const ids = lines.map(({ orderLineId }) => orderLineId);
    return new Bundle(world, temporal, sellers, ids, orderId);
  }

  request(): Step {
    const idempotencyKey = crypto.randomUUID();
    const lines = this.lineIds.map((orderLineId, n) => ({
      ...{ orderLineId, amount: { currency: 'CNY', minor: (n + 1) * 100 } },
    }));
    const body = { reason: 'We need it no more', lines };
    return () => this.world.api.buyer.requestBundleUnsubscription(this.orderId, body, { idempotencyKey });
  }

  withdraw(): Step {
    const idempotencyKey = crypto.randomUUID();
    return () => this.world.api.buyer.withdrawBundleUnsubscription(this.orderId, { idempotencyKey });
  }

  /** The seller of the n-th line, from 0. */
  approve(n: 0 | 1): Step {
    const how = { orderLineId: this.lineIds[n]!, idempotencyKey: crypto.randomUUID() };
    return () => this.sellers[n]!.command(this.orderId, 'approve-unsubscription', {}, how);
  }

  reject(n: 0 | 1): Step {
    const how = { orderLineId: this.lineIds[n]!, idempotencyKey: crypto.randomUUID() };
    const data = { reason: 'It is in use' };
    return () => this.sellers[n]!.command(this.orderId, 'reject-unsubscription', data, how);
  }

  get handle() {
    return this.temporal.workflow.getHandle(bundleUnsubscriptionWorkflowId(this.orderId));
  }

  /** So many steps were asked of lines, over all steps: two for each. */
  async asked(times: number): Promise<void> {
    const count = async () => {
      const history = await this.handle.fetchHistory().catch(() => undefined);
      return (history?.events ?? []).filter((event) => event.activityTaskScheduledEventAttributes != null)
        .length;
    };
    await eventually(count, (seen) => seen >= times);
  }

  async lines(): Promise<OrderLineAnswer[]> {
    return (await this.world.api.operator.getOrder(this.orderId)).lines;
  }
}

/** Ends what is left open, and checks that all lines came to the same end, each once. */
async function expectEnd(bundle: Bundle, outcome: BundleOutcome): Promise<void> {
  const { world, temporal, handle, orderId, lineIds } = bundle;
  expect(await handle.result()).toEqual({ outcome });
  await expectSound(await handle.fetchHistory(), handle.workflowId);
  const approved = outcome === 'APPROVED';
  const lines = await eventually(
    () => bundle.lines(),
    (all) => all.every(({ unsubscription }) => unsubscription?.status === (approved ? 'REFUNDED' : outcome)),
  );
  const status = approved ? 'UNSUBSCRIBED' : 'PROCESSING';
  expect(lines).toMatchObject(lines.map(() => ({ status })));
  for (const { log } of lines) {
    const commands = log.flatMap(({ command }) => command ?? []);
    expect(commands).toEqual([...new Set(commands)]);
  }
  for (const orderLineId of approved ? [] : lineIds) {
    const data = { reason: 'The test is over', refund: { currency: 'CNY', minor: 0 } };
    await world.api.operator.command(orderId, 'close', data, { orderLineId });
  }
  for (const [n, orderLineId] of lineIds.entries()) {
    const line = temporal.workflow.getHandle(orderLineWorkflowId(orderId, orderLineId));
    await line.result();
    await expectSound(await line.fetchHistory(), line.workflowId);
    const refunds = world.platform.refunds.filter((refund) => refund.orderLineId === orderLineId);
    const refunded = { refundId: `${orderLineId}-U1`, amount: { currency: 'CNY', minor: (n + 1) * 100 } };
    expect(refunds).toMatchObject(approved ? [refunded] : []);
  }
}

/** Kills Steward as soon as it is so, starts it again, and sends the steps again, twice. */
async function killAmid(world: World, steps: Step[], when: () => Promise<unknown>): Promise<void> {
  const lost = steps.map((send) => send().catch((error: unknown) => error));
  await when();
  await world.killSteward();
  await Promise.all(lost);
  await world.startSteward();
  const sendAll = () => Promise.all(steps.map((send) => send().catch(endedMeanwhile)));
  const answers = await sendAll();
  expect(await sendAll()).toEqual(answers);
}

/** An approval whose answer was lost may find its line refunded and closed; everything else is answered. */
function endedMeanwhile(error: unknown): unknown {
  expect(error).toMatchObject({ code: 'ORDER_ENDED' });
  return 'ended';
}

test(
  'killed at each step, a bundle is refunded as a whole or not at all, each line once',
  () =>
    inWorld(async (world) => {
      const about = { name: 'Seller', email: 'seller@seller.example', language: 'zh' as const };
      await world.api.platform.putSeller('seller-3', { ...about, accessKey: SECRETS.accessKey });
      await world.api.platform.putProduct('seller-3', 'product-1', { name: 'CRM' });
      const baseUrl = world.home.apiUrl;
      const tokens = await Promise.all(SELLERS.map((id) => tokenOf('seller', id)));
      const sellers = tokens.map((token) => new StewardClient({ baseUrl, token }));
      const connection = await Connection.connect({ address: world.server.address });
      const temporal = new Client({ connection, dataConverter: testDataConverter });
      const place = () => Bundle.place(world, temporal, sellers);
      const [reserved, asked, rejected, withdrawn] = await Promise.all([place(), place(), place(), place()]);
      const all = [reserved, asked, rejected, withdrawn];

      // One has just begun to reserve its lines, others are further on.
      await killAmid(
        world,
        all.map((bundle) => bundle.request()),
        () => Promise.race([reserved.asked(1), asked.asked(3)]),
      );
      for (const bundle of all) await bundle.approve(0)();

      // The last approval of the first locks, or just refunds; the rejection of the third frees.
      await killAmid(world, [reserved.approve(1), rejected.reject(1)], () => reserved.asked(5));
      // The refunds of the second go out, or just did; the withdrawal of the fourth frees.
      await killAmid(world, [asked.approve(1), withdrawn.withdraw()], () => asked.asked(7));

      await expectEnd(reserved, 'APPROVED');
      await expectEnd(asked, 'APPROVED');
      await expectEnd(rejected, 'REJECTED');
      await expectEnd(withdrawn, 'WITHDRAWN');
      await connection.close();
      expect(secretsIn(readFileSync(join(world.home.folder, 'steward.log'), 'utf8'))).toEqual([]);
    }),
  MINUTES,
);
