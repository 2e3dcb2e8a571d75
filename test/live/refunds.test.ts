import type { OrderLineAnswer } from '../../client';
import type { Script } from '../../sim/platform';
import { eventually } from '../support/eventually';
import { LiveRig } from '../support/live-rig';

let rig: LiveRig;

beforeAll(async () => {
  rig = await LiveRig.start();
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

const operate = () => rig.as('operator').client;
const refundOf = (orderId: string) => `${orderId}-000001-U1`;
const eventsOf = (orderId: string, type: string) =>
  rig.platform.events.filter((event) => event.orderId === orderId && event.type === type);
const isStuck = ({ node }: OrderLineAnswer) => node === 'REFUND_STUCK';

/** An accepted order that an operator closes, refunding 5.00 CNY, with a platform that behaves so. */
async function placeClosed(platform: Script): Promise<string> {
  const orderId = await rig.place(['accept:never']);
  await rig.until(orderId, ({ node }) => node === 'POLLING');
  rig.platform.behave('/refunds', platform, orderId);
  await operate().command(orderId, 'close', { reason: 'By phone', refund: { currency: 'CNY', minor: 500 } });
  return orderId;
}

async function expectPaidOnce(orderId: string, requests: number): Promise<void> {
  const line = await rig.ended(orderId);
  expect(line).toMatchObject({ status: 'CLOSED', unsubscription: { status: 'REFUNDED' } });
  expect(rig.refunds(orderId)).toMatchObject([{ refundId: refundOf(orderId), amount: { minor: 500 } }]);
  expect(rig.refundRequests(orderId).map(({ id }) => id)).toEqual(Array(requests).fill(refundOf(orderId)));
  expect(eventsOf(orderId, 'order.closed')).toHaveLength(1);
  expect(rig.instances(orderId)).toMatchObject([{ released: true }]);
}

describe('a platform that refuses the refund', () => {
  it('puts it before an operator at once, is not asked again by itself, and takes the same one later', async () => {
    const orderId = await placeClosed(['http-422', 'http-403', 'take']);
    const stuck = await rig.until(orderId, isStuck, 5_000);
    expect(stuck).toMatchObject({
      ...{ status: 'PROCESSING', waitingFor: 'operator', dueAt: null },
      allowed: [{ command: 'retry-refund' }, { command: 'record-refund' }],
      unsubscription: { status: 'APPROVED' },
    });
    expect(stuck.log.at(-1)?.note).toMatch(/refused refund .*-U1: HTTP 422/);
    expect((await operate().listOrders({ waitingFor: 'operator' })).items).toMatchObject([{ orderId }]);
    // Another order's whole life later it still stands there.
    await rig.ended(await rig.place(['000005', 'open']));
    expect(await rig.line(orderId)).toEqual(stuck);
    expect(rig.refundRequests(orderId)).toHaveLength(1);

    const close = { reason: 'Again', refund: { currency: 'CNY', minor: 1 } };
    await expect(operate().command(orderId, 'close', close)).rejects.toMatchObject({
      code: 'NOT_ALLOWED_NOW',
    });
    for (const role of ['seller', 'platform', 'buyer'] as const) {
      await expect(rig.as(role).client.command(orderId, 'retry-refund', {})).rejects.toMatchObject({
        status: 403,
      });
    }
    await operate().command(orderId, 'retry-refund', {});
    await rig.until(orderId, (line) => isStuck(line) && line.revision > stuck.revision + 1);
    expect(rig.refundRequests(orderId)).toHaveLength(2);
    await operate().command(orderId, 'retry-refund', {});
    await expectPaidOnce(orderId, 3);
    expect(eventsOf(orderId, 'order.refund_stuck')).toHaveLength(2);
  });

  it('is not asked again for what an operator paid by hand', async () => {
    const orderId = await placeClosed(['http-422', 'take']);
    await rig.until(orderId, isStuck);
    const reason = 'Paid by bank transfer 4711';
    await operate().command(orderId, 'record-refund', { reason });
    const line = await rig.ended(orderId);
    expect(line).toMatchObject({ status: 'CLOSED', unsubscription: { status: 'REFUNDED' } });
    expect(line.log).toContainEqual(
      expect.objectContaining({ by: 'operator', command: 'record-refund', note: reason }),
    );
    expect(rig.refundRequests(orderId)).toHaveLength(1);
    expect(rig.refunds(orderId)).toEqual([]);
    expect(rig.instances(orderId)).toMatchObject([{ released: true }]);
    await expect(operate().command(orderId, 'retry-refund', {})).rejects.toMatchObject({
      code: 'ORDER_ENDED',
    });
  });
});

describe('a platform that takes the refund and does not say so', () => {
  it.each<[string, Script]>([
    ['cuts the connection', ['take-reset', 'take']],
    ['answers with an error of its own', ['take-http-500', 'take']],
    ['falls silent', ['take-hang', 'take']],
  ])('and %s has paid once: the second time it is 409', async (_what, script) => {
    const orderId = await placeClosed(script);
    await expectPaidOnce(orderId, 2);
  });
});

describe('a platform that is away', () => {
  it('is asked until it takes the refund; after its time an operator is asked too', async () => {
    const orderId = await placeClosed(['http-503']);
    expect(await rig.line(orderId)).toMatchObject({ node: 'REFUNDING', waitingFor: 'platform' });
    await rig.until(orderId, isStuck);
    const tried = rig.refundRequests(orderId).length;
    expect(tried).toBeGreaterThan(2);
    await eventually(
      () => Promise.resolve(eventsOf(orderId, 'order.refund_stuck')),
      ({ length }) => length === 1,
    );
    rig.platform.behave('/refunds', ['take'], orderId);
    await operate().command(orderId, 'retry-refund', {});
    await expectPaidOnce(orderId, tried + 1);
  });
});

describe('two commands that contradict each other', () => {
  it('at once on a stuck refund: one of them holds, and the buyer is paid once', async () => {
    const orderId = await placeClosed(['http-422', 'take']);
    await rig.until(orderId, isStuck);
    const [retried, recorded] = await Promise.allSettled([
      operate().command(orderId, 'retry-refund', {}),
      operate().command(orderId, 'record-refund', { reason: 'By hand' }),
    ]);
    await rig.ended(orderId);
    const taken = [retried, recorded].filter(({ status }) => status === 'fulfilled');
    expect(taken).toHaveLength(1);
    expect(rig.refunds(orderId)).toHaveLength(retried.status === 'fulfilled' ? 1 : 0);
  });
});
