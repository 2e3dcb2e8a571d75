import { SECRETS } from '../support/orders';
import { LiveRig } from '../support/live-rig';

let rig: LiveRig;

beforeAll(async () => {
  rig = await LiveRig.start();
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

const eventsOf = (orderId: string) =>
  rig.platform.events.filter((event) => event.orderId === orderId).map(({ type }) => type);

describe('an order that the seller opens at once', () => {
  it('is completed; the buyer gets its access, the seller its buyer, nobody else either of them', async () => {
    const orderId = await rig.place(['open']);
    const line = await rig.ended(orderId);
    expect(line).toMatchObject({
      ...{ status: 'COMPLETED', node: 'ENDED', waitingFor: 'nobody', allowed: [], dueAt: null },
      instanceId: rig.instances(orderId)[0]?.instanceId,
      windows: { createInterval: 3_000 },
    });

    const copyOf = async (role: 'buyer' | 'seller' | 'operator' | 'platform') =>
      (await rig.as(role).client.getOrder(orderId)).lines[0]!;
    const { appInfo, ...buyers } = await copyOf('buyer');
    const { buyer, ...sellers } = await copyOf('seller');
    expect(appInfo).toMatchObject({ userName: 'admin', password: SECRETS.password });
    expect(buyer).toMatchObject({ name: SECRETS.buyerName, email: SECRETS.email, phone: SECRETS.phone });
    expect(buyers).toEqual(line);
    expect(sellers).toEqual(line);
    expect(await copyOf('operator')).toEqual(line);
    expect(await copyOf('platform')).toEqual(line);
  });

  it('is no order of other sellers and buyers, and no business of carriers', async () => {
    const orderId = await rig.place(['open']);
    await rig.ended(orderId);
    for (const role of ['seller', 'buyer'] as const) {
      const stranger = await rig.other(role, `${role}-2`);
      await expect(stranger.client.getOrder(orderId)).rejects.toMatchObject({
        code: 'NOT_FOUND',
        status: 404,
      });
      expect((await stranger.client.listOrders()).items).toEqual([]);
    }
    await expect(rig.as('carrier').client.getOrder(orderId)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('tells the platform that it is opened and completed, and refunds nothing', async () => {
    const orderId = await rig.place(['open']);
    await rig.ended(orderId);
    expect(eventsOf(orderId)).toEqual(['order.opened', 'order.completed']);
    expect(rig.refundRequests(orderId)).toEqual([]);
  });
});

describe('an order that the seller never opens', () => {
  it('is called for four times, then refunded once, and every step can be read', async () => {
    const orderId = await rig.place(['000005', 'http-500', 'reset', '000104']);
    const line = await rig.until(orderId, ({ node }) => node === 'RELEASE_UNCONFIRMED');
    expect(line).toMatchObject({
      ...{ status: 'UNSUBSCRIBED', waitingFor: 'operator' },
      unsubscription: { id: `${orderId}-000001-U1`, status: 'REFUNDED', amount: { minor: 990_000 } },
    });
    expect(rig.refunds(orderId)).toMatchObject([{ amount: { currency: 'CNY', minor: 990_000 } }]);

    const { items } = await rig.as('seller').client.sellerCalls({ orderId });
    const creates = items.filter(({ activity }) => activity === 'newInstance').reverse();
    expect(creates).toMatchObject([
      { attempt: 1, httpStatus: 200, resultCode: '000005' },
      { attempt: 2, httpStatus: 500, resultCode: null },
      { attempt: 3, httpStatus: null, resultCode: null },
      { attempt: 4, httpStatus: 200, resultCode: '000104' },
    ]);
    for (const { exception } of creates) expect(exception).toMatch(/\w+ \w+/);
    expect(line.log.map(({ note }) => note)).toEqual([
      expect.stringContaining('handed over'),
      expect.stringMatching(/call 1 failed: .*000005.* Due call 2 of 4 follows/),
      expect.stringMatching(/call 2 failed: .*500.* Due call 3 of 4 follows/),
      expect.stringMatching(/call 3 failed: .* Due call 4 of 4 follows/),
      expect.stringMatching(/call 4 failed: .*000104.* It was the last one/),
      expect.stringContaining('9900.00 CNY is refunded'),
      expect.stringContaining('The platform took the refund'),
    ]);

    // The connection was cut in a create call: the seller may have made an instance after all.
    await rig.as('operator').client.command(orderId, 'confirm-release', { note: 'Nothing was made.' });
    expect(await rig.ended(orderId)).toMatchObject({ status: 'UNSUBSCRIBED', node: 'ENDED' });
    expect(eventsOf(orderId)).toEqual([
      ...Array<string>(4).fill('order.call_failed'),
      'order.unsubscribed',
      'order.release_unconfirmed',
    ]);
  });
});

describe('commands', () => {
  it('are for their roles and for the parties of the order', async () => {
    const orderId = await rig.place(['000005', 'open']);
    await rig.until(orderId, ({ log }) => log.length >= 2);
    const close = { reason: 'By phone', refund: { currency: 'CNY', minor: 0 } };
    for (const role of ['platform', 'seller', 'buyer', 'carrier'] as const) {
      await expect(rig.as(role).client.command(orderId, 'close', close)).rejects.toMatchObject({
        code: 'FORBIDDEN',
        status: 403,
      });
    }
    await expect(rig.as('buyer').client.command(orderId, 'restart-call', {})).rejects.toMatchObject({
      status: 403,
    });
    const stranger = await rig.other('seller', 'seller-2');
    await expect(stranger.client.command(orderId, 'restart-call', {})).rejects.toMatchObject({ status: 404 });
    await expect(rig.as('operator').client.command(orderId, 'retry-refund', {})).rejects.toMatchObject({
      code: 'NOT_ALLOWED_NOW',
      status: 409,
    });

    const after = await rig.as('seller').client.command(orderId, 'restart-call', {});
    expect(after.log.at(2)).toMatchObject({ by: 'seller', command: 'restart-call' });
    expect(after.buyer).toMatchObject({ email: SECRETS.email });
    expect(await rig.ended(orderId)).toMatchObject({ status: 'COMPLETED' });
  });

  it('close pays back what the operator says and takes the instance away', async () => {
    const orderId = await rig.place(['accept:never']);
    await rig.until(orderId, ({ node }) => node === 'POLLING');
    const refund = { currency: 'CNY', minor: 100 };
    const { client } = rig.as('operator');
    const closed = await client.command(orderId, 'close', { reason: 'By phone', refund });
    expect(closed).toMatchObject({ unsubscription: { amount: refund, reason: 'By phone' } });
    expect(await rig.ended(orderId)).toMatchObject({ status: 'CLOSED', node: 'ENDED' });
    expect(rig.refunds(orderId)).toMatchObject([{ amount: refund, reason: 'By phone' }]);
    expect(rig.instances(orderId)).toMatchObject([{ released: true }]);
    expect(eventsOf(orderId)).toEqual(['order.closed']);
  });
});
