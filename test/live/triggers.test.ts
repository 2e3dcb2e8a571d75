import type { OrderAnswer } from '../../client';
import type { OrderBody } from '../../domain/schemas/order';
import { LiveRig } from '../support/live-rig';

let rig: LiveRig;

beforeAll(async () => {
  rig = await LiveRig.start();
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

const trigger = (order: OrderBody, key?: string) =>
  rig.as('platform').post<OrderAnswer & { code?: string }>('/orders', order, key);
const dearer = (order: OrderBody): OrderBody => ({
  ...order,
  lines: order.lines.map((line) => ({ ...line, amount: { currency: 'CNY', minor: 990_001 } })),
});
const conflict = { status: 409, body: { code: 'ORDER_CONFLICT' } };
/**
 * One instance at the seller, one workflow that ran once. On a busy machine a call may have to be made again: the
 * seller knows it by the order.
 */
async function expectOpenedOnce({ orderId }: OrderBody): Promise<void> {
  expect(rig.instances(orderId)).toHaveLength(1);
  expect(await rig.histories(orderId)).toHaveLength(1);
}

describe('a repeated trigger', () => {
  it('changes nothing while the line is open; another content is refused', async () => {
    const order = rig.newOrder(['accept:3']);
    const first = await trigger(order);
    expect(first).toMatchObject({ status: 201, location: `/v1/orders/${order.orderId}` });
    const { runId } = await rig.handle(order.orderId).describe();
    expect(await trigger(order)).toMatchObject({ status: 200, body: { orderId: order.orderId } });
    // The same content in other words is the same.
    const reversed = Object.fromEntries(Object.entries(order).reverse()) as OrderBody;
    expect(await trigger(reversed)).toMatchObject({ status: 200 });
    expect(await trigger(dearer(order))).toMatchObject(conflict);
    await rig.ended(order.orderId);
    expect((await rig.handle(order.orderId).describe()).runId).toBe(runId);
    await expectOpenedOnce(order);
  });

  it('changes nothing after the line has ended, and after the server has forgotten its run', async () => {
    const order = rig.newOrder(['open']);
    await trigger(order);
    const ended = await rig.ended(order.orderId);
    const repeated = { status: 200, body: { lines: [ended] } };
    expect(await trigger(order)).toMatchObject(repeated);
    expect(await trigger(dearer(order))).toMatchObject(conflict);
    await expectOpenedOnce(order);

    await rig.forgetRun(order.orderId);
    expect(await trigger(order)).toMatchObject(repeated);
    expect(await trigger(dearer(order))).toMatchObject(conflict);
    // What the sweep does at its start must not bring it back either.
    await rig.stopApi();
    await rig.startApi();
    expect(await trigger(order)).toMatchObject(repeated);
    await expect(rig.handle(order.orderId).describe()).rejects.toThrow(/not found/);
    expect(rig.instances(order.orderId)).toHaveLength(1);
    const close = { reason: 'Too late', refund: { currency: 'CNY', minor: 0 } };
    await expect(rig.as('operator').client.command(order.orderId, 'close', close)).rejects.toMatchObject({
      code: 'ORDER_ENDED',
    });
  });
});

describe('twenty triggers at once', () => {
  it('with the same body are one order', async () => {
    const order = rig.newOrder(['open']);
    const answers = await Promise.all(Array.from({ length: 20 }, () => trigger(order)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array<number>(19).fill(200), 201]);
    expect(new Set(answers.map(({ body }) => body.lines[0]?.workflowId)).size).toBe(1);
    await rig.ended(order.orderId);
    await expectOpenedOnce(order);
  });

  it('with two bodies are the order of one of them, and the others are refused', async () => {
    const order = rig.newOrder(['open']);
    const bodies = Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? order : dearer(order)));
    const answers = await Promise.all(bodies.map((body) => trigger(body)));
    const won = answers.findIndex(({ status }) => status === 201) % 2;
    for (const [n, { status, body }] of answers.entries()) {
      const expected = n % 2 === won ? /^20[01]$/ : /^409$/;
      expect(String(status)).toMatch(expected);
      expect(body.code).toBe(n % 2 === won ? undefined : 'ORDER_CONFLICT');
    }
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const { amount } = await rig.ended(order.orderId);
    expect(amount).toEqual(bodies[won]!.lines[0]!.amount);
    await expectOpenedOnce(order);
  });

  it('of twenty orders are twenty orders', async () => {
    const orders = Array.from({ length: 20 }, () => rig.newOrder(['open']));
    const answers = await Promise.all(orders.map((order) => trigger(order)));
    // 202 comes from a machine that is too busy to start them all in 10 s: they are safe.
    for (const { status } of answers) expect([201, 202]).toContain(status);
    for (const order of orders) {
      expect(await rig.ended(order.orderId)).toMatchObject({ status: 'COMPLETED' });
      await expectOpenedOnce(order);
    }
  }, 240_000);
});

describe('an Idempotency-Key', () => {
  it('gives the first answer again, and stands for one request only', async () => {
    const order = rig.newOrder(['open']);
    const key = `trigger-${order.orderId}`;
    const first = await trigger(order, key);
    await rig.ended(order.orderId);
    expect(await trigger(order, key)).toEqual({ ...first, status: 201 });
    for (const other of [dearer(order), rig.newOrder()]) {
      expect(await trigger(other, key)).toMatchObject({
        status: 409,
        body: { code: 'IDEMPOTENCY_KEY_REUSED' },
      });
    }
    // Nor another command.
    const { post } = rig.as('platform');
    expect(await post(`/orders/${order.orderId}/close`, {}, key)).toMatchObject({ status: 403 });
    await expectOpenedOnce(order);
  });
});
