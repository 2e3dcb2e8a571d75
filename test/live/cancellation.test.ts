import { LiveRig } from '../support/live-rig';

let rig: LiveRig;

beforeAll(async () => {
  rig = await LiveRig.start({ windows: 'standard' });
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

const paid = { currency: 'CNY', minor: 990_000 };
const eventsOf = (orderId: string) =>
  rig.platform.events.filter((event) => event.orderId === orderId).map(({ type }) => type);

describe('a cancellation from the Temporal UI', () => {
  it('while an order is being opened closes it with a full refund, once', async () => {
    const orderId = await rig.place(['000005']);
    await rig.until(orderId, ({ log }) => log.length === 2);
    await rig.handle(orderId).cancel();
    await rig.handle(orderId).cancel();
    const line = await rig.ended(orderId);
    expect(line).toMatchObject({
      ...{ status: 'CLOSED', node: 'ENDED' },
      unsubscription: { status: 'REFUNDED', amount: paid },
    });
    expect(line.log.find(({ to }) => to === 'REFUNDING')).toMatchObject({
      ...{ by: 'operator', command: 'close' },
      note: expect.stringContaining('Cancelled in the Temporal UI') as string,
    });
    expect(rig.refunds(orderId)).toMatchObject([{ amount: paid }]);
    expect(rig.refundRequests(orderId)).toHaveLength(1);
    expect(eventsOf(orderId)).toEqual(['order.call_failed', 'order.closed']);
    // The workflow ended as orders do, and was not torn down.
    expect(await rig.handle(orderId).result()).toEqual({ status: 'CLOSED' });
  });

  it('while a create call runs lets it end; an instance that it made is released, not delivered', async () => {
    const orderId = 'CANCELLED-IN-A-CALL';
    rig.seller.script(orderId, ['open-unanswered', 'open']);
    const called = new Promise((resolve) => rig.seller.events.once('call', resolve));
    await rig.as('platform').client.placeOrder({ ...rig.newOrder(), orderId });
    await called;
    await rig.handle(orderId).cancel();
    const line = await rig.until(orderId, ({ node }) => node === 'RELEASE_UNCONFIRMED');
    expect(line).toMatchObject({ status: 'CLOSED', waitingFor: 'operator' });
    expect(rig.refunds(orderId)).toMatchObject([{ amount: paid }]);
    await rig.as('operator').client.command(orderId, 'confirm-release', { note: 'Removed' });
    await rig.ended(orderId);
    expect(rig.refundRequests(orderId)).toHaveLength(1);
    expect(rig.creates(orderId)).toHaveLength(1);
  });

  it('while an accepted order is polled closes it and takes the instance away', async () => {
    const orderId = await rig.place(['accept:never']);
    await rig.until(orderId, ({ node }) => node === 'POLLING');
    await rig.handle(orderId).cancel();
    expect(await rig.ended(orderId)).toMatchObject({ status: 'CLOSED' });
    expect(rig.refunds(orderId)).toMatchObject([{ amount: paid }]);
    expect(rig.instances(orderId)).toMatchObject([{ released: true }]);
  });

  it('once a refund is decided changes nothing, neither in the refund nor in the release', async () => {
    const orderId = await rig.place(['accept:never']);
    await rig.until(orderId, ({ node }) => node === 'POLLING');
    rig.platform.behave('/refunds', ['http-503', 'http-503', 'http-422', 'take'], orderId);
    rig.seller.script(orderId, ['000005', 'open'], 'releaseInstance');
    const { client } = rig.as('operator');
    const refund = { currency: 'CNY', minor: 100 };
    await client.command(orderId, 'close', { reason: 'By phone', refund });

    await rig.handle(orderId).cancel();
    const stuck = await rig.until(orderId, ({ node }) => node === 'REFUND_STUCK');
    await rig.handle(orderId).cancel();
    expect(await rig.line(orderId)).toEqual(stuck);
    await client.command(orderId, 'retry-refund', {});
    const failed = ({ log }: typeof stuck) => /releaseInstance call 1 failed/.test(log.at(-1)?.note ?? '');
    const releasing = await rig.until(orderId, failed);
    await rig.handle(orderId).cancel();
    expect(await rig.line(orderId)).toEqual(releasing);
    await client.command(orderId, 'restart-call', {});

    const line = await rig.ended(orderId);
    expect(line).toMatchObject({ status: 'CLOSED', unsubscription: { amount: refund, reason: 'By phone' } });
    expect(line.log.filter(({ command }) => command === 'close')).toHaveLength(1);
    expect(rig.refunds(orderId)).toMatchObject([{ amount: refund }]);
    expect(rig.instances(orderId)).toMatchObject([{ released: true }]);
    expect(eventsOf(orderId).filter((type) => type === 'order.closed')).toHaveLength(1);
  });

  it('and a command at the same time decide one refund', async () => {
    const orderId = await rig.place(['000005']);
    await rig.until(orderId, ({ log }) => log.length === 2);
    const { client } = rig.as('operator');
    const refund = { currency: 'CNY', minor: 7 };
    const [closed] = await Promise.allSettled([
      client.command(orderId, 'close', { reason: 'By phone', refund }),
      rig.handle(orderId).cancel(),
    ]);
    expect(await rig.ended(orderId)).toMatchObject({ status: 'CLOSED' });
    const amount = closed.status === 'fulfilled' ? refund : paid;
    expect(rig.refunds(orderId)).toMatchObject([{ amount }]);
    expect(rig.refundRequests(orderId)).toHaveLength(1);
  });
});
