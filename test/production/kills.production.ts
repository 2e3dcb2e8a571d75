import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { loadDataConverter } from '@temporalio/common/lib/internal-non-workflow';
import { StewardApiError, type Command, type CommandBody, type OrderLineSummary } from '../../client';
import { defaultOrderLineId, orderLineWorkflowId, unsubscriptionId } from '../../domain/ids';
import { expectSound, secretsIn, testDataConverter, workflowBundle } from '../support/history-checks';
import { orderBody } from '../support/orders';
import { untilNoneLeft } from '../support/processes';
import { quietRuntime } from '../support/quiet';
import { PROOF } from '../support/supervised';
import { SELLER, ShapeRig, type PartKind } from './shape-rig';

/**
 * The production shape, of which each part in turn is killed by −9 while orders are placed and moved on through both
 * APIs, by clients that repeat a request under its key until it is answered. The published time limits: none of them
 * comes in between, however slow the machine is.
 */

/** Above what six parts may take to start again, each by itself. */
const MINUTES = 900_000;
/** In turn; of two, the older one, so that each of them dies once. */
const KILLS: readonly PartKind[] = ['worker', 'api', 'temporal', 'worker', 'postgres', 'api'];
const REFUND = { currency: 'CNY', minor: 700 };

let rig: ShapeRig;

beforeAll(async () => {
  quietRuntime();
  await workflowBundle();
  loadDataConverter(testDataConverter);
  rig = await ShapeRig.start();
}, MINUTES);
afterAll(() => (rig as ShapeRig | undefined)?.end(), MINUTES);

/** What is done with an order, and how it has to end. */
interface Life {
  orderId: string;
  ends: 'COMPLETED' | 'UNSUBSCRIBED';
  lived: Promise<void>;
}

let count = 0;

/** SaaS, opened by calls to the seller. */
function opened(): Life {
  return live('COMPLETED', 'saas', () => Promise.resolve());
}

/** A licence that is delivered and accepted. */
function accepted(): Life {
  return live('COMPLETED', 'license-offline', async (orderId) => {
    await command(orderId, 'seller', 'deliver', { proof: PROOF });
    await command(orderId, 'buyer', 'accept', {});
  });
}

/** A licence that is taken back by agreement. */
function refunded(): Life {
  return live('UNSUBSCRIBED', 'license-offline', async (orderId) => {
    await command(orderId, 'buyer', 'request-unsubscription', { amount: REFUND, reason: 'Not needed' });
    await command(orderId, 'seller', 'approve-unsubscription', {});
  });
}

function live(
  ends: Life['ends'],
  delivery: 'saas' | 'license-offline',
  move: (orderId: string) => Promise<void>,
): Life {
  count += 1;
  const orderId = `CS-SHAPE-${count}`;
  const body = orderBody(orderId, { sellerId: SELLER, delivery });
  const lived = rig.insist('platform', (client) => client.placeOrder(body)).then(() => move(orderId));
  // Awaited at the end; until then a failure is no unhandled one.
  lived.catch(() => undefined);
  return { orderId, ends, lived };
}

async function command<C extends Command>(
  orderId: string,
  by: 'seller' | 'buyer',
  name: C,
  data: CommandBody<C>,
): Promise<void> {
  const idempotencyKey = crypto.randomUUID();
  let sent = 0;
  await rig.insist(by, async (client) => {
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

/** One request for all: each party has 600 a minute. */
async function untilEnded(lives: readonly Life[]): Promise<void> {
  const wanted = new Set(lives.map(({ orderId }) => orderId));
  for (const deadline = Date.now() + 120_000; Date.now() < deadline; await sleep(1000)) {
    const all = await rig.insist('operator', async (client) => {
      const found: OrderLineSummary[] = [];
      for await (const order of client.eachOrder()) found.push(order);
      return found;
    });
    const left = all.filter(({ orderId, node }) => wanted.has(orderId) && node !== 'ENDED');
    if (all.length >= wanted.size && left.length === 0) return;
  }
  throw new Error('Some orders have not ended');
}

async function expectOneEnd({ orderId, ends }: Life): Promise<void> {
  const { lines } = await rig.insist('operator', (client) => client.getOrder(orderId));
  expect(lines).toMatchObject([{ orderId, status: ends, node: 'ENDED' }]);
  const { delivery, instanceId } = lines[0]!;
  const ours = <About extends { orderId: string }>(all: readonly About[]) =>
    all.filter((about) => about.orderId === orderId);
  const { seller, platform } = rig;
  expect(ours(seller.instances)).toMatchObject(delivery === 'saas' ? [{ instanceId, released: false }] : []);
  const refundId = unsubscriptionId(defaultOrderLineId(orderId), 1);
  expect(ours(platform.refunds)).toMatchObject(ends === 'UNSUBSCRIBED' ? [{ refundId, amount: REFUND }] : []);
  const told = ours(platform.events).map(({ type }) => type);
  expect(told).toEqual([...new Set(told)]);
  expect(told).toContain(ends === 'UNSUBSCRIBED' ? 'order.unsubscribed' : 'order.completed');
  expect(told).not.toContain(ends === 'UNSUBSCRIBED' ? 'order.completed' : 'order.unsubscribed');
}

test(
  'each part is killed under load: every order comes to its one end, and Ctrl-C leaves no process',
  async () => {
    const lives: Life[] = [];
    for (const part of KILLS) {
      const batch = [opened(), accepted(), refunded(), opened(), accepted()];
      // Some have been answered, others are under way.
      await Promise.race(batch.map(({ lived }) => lived));
      await rig.kill(part);
      lives.push(...batch);
    }
    await Promise.all(lives.map(({ lived }) => lived));
    await untilEnded(lives);
    for (const life of lives) await expectOneEnd(life);

    const connection = await Connection.connect({ address: rig.temporalAddress });
    const temporal = new Client({ connection, namespace: 'steward', dataConverter: testDataConverter });
    for (const { orderId } of lives) {
      const line = temporal.workflow.getHandle(orderLineWorkflowId(orderId, defaultOrderLineId(orderId)));
      await line.result();
      await expectSound(await line.fetchHistory(), line.workflowId);
    }
    await connection.close();
    expect(secretsIn(rig.logs())).toEqual([]);

    expect((await rig.ctrlC()).exitCode).toBe(0);
    await untilNoneLeft(rig.folder, 1000);
  },
  MINUTES,
);
