import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OrderAnswer, OrderLineAnswer } from '../../client';
import type { OrderBody } from '../../domain/schemas/order';
import { LiveRig } from '../support/live-rig';

const folder = mkdtempSync(join(tmpdir(), 'steward-outage-'));
let rig: LiveRig;

beforeAll(async () => {
  // The file keeps what the server knew over its own restart.
  rig = await LiveRig.start({ windows: 'standard', server: { dbFile: join(folder, 'temporal.db') } });
});
afterAll(async () => {
  await rig.end();
  rmSync(folder, { recursive: true });
});
afterEach(() => rig.expectAllSound());

const trigger = (order: OrderBody) => rig.as('platform').post<OrderAnswer>('/orders', order);
const close = (orderId: string, minor: number, key: string) => {
  const data = { reason: 'By phone', refund: { currency: 'CNY', minor } };
  return rig.as('operator').post<OrderLineAnswer & { code?: string }>(`/orders/${orderId}/close`, data, key);
};
/** How long a caller waits at most for a worker, and some time for a busy machine. */
const PATIENCE = 30_000;
async function timed<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  const before = Date.now();
  const answer = await call();
  expect(Date.now() - before).toBeLessThan(PATIENCE);
  return answer;
}

describe('with no worker up', () => {
  it('a trigger is safe, and the order goes on when one comes', async () => {
    await rig.stopWorker();
    const order = rig.newOrder(['open']);
    const { orderId } = order;
    const [first, second] = await timed(() => Promise.all([trigger(order), trigger(order)]));
    for (const answer of [first, second]) {
      expect(answer).toMatchObject({ status: 202, location: `/v1/orders/${orderId}` });
      expect(answer.body).toMatchObject({ orderId, lines: [{ node: 'OPENING', revision: 0 }] });
    }
    expect(await trigger({ ...order, site: 'intl' })).toMatchObject({ status: 409 });
    expect(rig.seller.calls).toEqual([]);

    await rig.startWorker();
    expect(await rig.ended(orderId)).toMatchObject({ status: 'COMPLETED' });
    expect(await trigger(order)).toMatchObject({ status: 200 });
    expect(rig.instances(orderId)).toHaveLength(1);
    expect(await rig.histories(orderId)).toHaveLength(1);
  });

  it('a command is to be tried again, and then takes effect once; reads go on', async () => {
    const orderId = await rig.place(['000005']);
    const before = await rig.until(orderId, ({ log }) => log.length === 2);
    await rig.stopWorker();
    const keys = Array.from({ length: 12 }, (_, n) => `${orderId}-${n}`);
    // More than the ten that the server lets wait for one line.
    const answers = await timed(() => Promise.all(keys.map((key, n) => close(orderId, n + 1, key))));
    for (const answer of answers) expect(answer).toMatchObject({ status: 503, body: { code: 'TRY_AGAIN' } });
    expect(await rig.line(orderId)).toEqual(before);

    await rig.startWorker();
    const again = await Promise.all(keys.map((key, n) => close(orderId, n + 1, key)));
    const taken = again.flatMap(({ status }, n) => (status === 200 ? [n + 1] : []));
    expect(taken).toHaveLength(1);
    expect(await rig.ended(orderId)).toMatchObject({ status: 'CLOSED' });
    expect(rig.refunds(orderId)).toMatchObject([{ amount: { minor: taken[0] } }]);
  });
});

describe('with no Temporal up', () => {
  it('a trigger is safe, and the sweep starts the order that never began', async () => {
    await rig.stopWorker();
    await rig.stopServer();
    const order = rig.newOrder(['open']);
    const { orderId } = order;
    expect(await timed(() => trigger(order))).toMatchObject({ status: 202, body: { orderId } });
    expect(await rig.line(orderId)).toMatchObject({ status: 'PROCESSING', revision: 0 });

    await rig.stopApi();
    await rig.startServer();
    await rig.startWorker();
    await rig.startApi();
    await rig.until(orderId, ({ node }) => node === 'ENDED');
    expect(await rig.ended(orderId)).toMatchObject({ status: 'COMPLETED' });
    expect(await trigger(order)).toMatchObject({ status: 200 });
    expect(rig.instances(orderId)).toHaveLength(1);
  });
});
