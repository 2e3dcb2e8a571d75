import type { PlacedLine } from '../support/placed-line';
import { Rig } from '../support/rig';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const paid = { currency: 'CNY', minor: 990_000 };

let rig: Rig;

beforeAll(async () => {
  rig = await Rig.start();
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

const refundsOf = ({ orderId }: PlacedLine) =>
  rig.platform.refunds.filter((refund) => refund.orderId === orderId);
const refundRequestsOf = ({ orderId }: PlacedLine) =>
  rig.platform.requests.filter((request) => request.path === '/refunds' && request.orderId === orderId);
const instanceOf = ({ orderId }: PlacedLine) => rig.seller.instances.find((one) => one.orderId === orderId);
const eventsOf = ({ orderId }: PlacedLine) =>
  rig.platform.events.filter((event) => event.orderId === orderId).map(({ type }) => type);

/** A line whose instance is accepted, never ready, and therefore refunded after three hours. */
async function placeNeverReady(): Promise<PlacedLine> {
  return rig.place(['accept:never']);
}

describe('the refund', () => {
  test('is tried until the platform takes it; after an hour an operator is asked', async () => {
    const line = await placeNeverReady();
    rig.platform.behave('/refunds', ['http-503'], line.orderId);
    await rig.env.sleep(4 * HOUR - MINUTE);
    expect(await line.view()).toMatchObject({
      node: 'REFUNDING',
      status: 'PROCESSING',
      waitingFor: 'platform',
    });
    await rig.env.sleep(2 * MINUTE);
    expect(await line.view()).toMatchObject({
      node: 'REFUND_STUCK',
      status: 'PROCESSING',
      waitingFor: 'operator',
      allowed: [{ command: 'retry-refund' }, { command: 'record-refund' }],
    });
    rig.platform.behave('/refunds', ['take'], line.orderId);
    expect(await line.handle.result()).toEqual({ status: 'UNSUBSCRIBED' });
    expect(refundsOf(line)).toHaveLength(1);
    expect(eventsOf(line)).toEqual(['order.refund_stuck', 'order.unsubscribed']);
  });

  test('that the platform refuses goes to an operator at once and is not repeated by itself', async () => {
    const line = await placeNeverReady();
    rig.platform.behave('/refunds', ['http-422', 'http-422', 'take'], line.orderId);
    await rig.env.sleep(3 * HOUR + MINUTE);
    expect(await line.view()).toMatchObject({ node: 'REFUND_STUCK', waitingFor: 'operator' });
    await rig.env.sleep(DAY);
    expect(refundRequestsOf(line)).toHaveLength(1);
    await line.command('retry-refund', 'operator', {});
    await rig.env.sleep(MINUTE);
    expect(await line.view()).toMatchObject({ node: 'REFUND_STUCK' });
    await line.command('retry-refund', 'operator', {});
    expect(await line.handle.result()).toEqual({ status: 'UNSUBSCRIBED' });
    expect(new Set(refundRequestsOf(line).map(({ id }) => id))).toEqual(new Set([`${line.orderLineId}-U1`]));
    expect(refundRequestsOf(line)).toHaveLength(3);
  });

  test('that was taken without an answer is answered 409 the second time, and paid once', async () => {
    const line = await placeNeverReady();
    rig.platform.behave('/refunds', ['take-http-500'], line.orderId);
    expect(await line.handle.result()).toEqual({ status: 'UNSUBSCRIBED' });
    expect(refundRequestsOf(line)).toHaveLength(2);
    expect(refundsOf(line)).toHaveLength(1);
  });

  test('that an operator recorded is not sent again', async () => {
    const line = await placeNeverReady();
    rig.platform.behave('/refunds', ['http-503'], line.orderId);
    await rig.env.sleep(4 * HOUR + MINUTE);
    await line.command('record-refund', 'operator', { reason: 'Paid by bank transfer' });
    await line.handle.result();
    const sent = refundRequestsOf(line).length;
    await rig.env.sleep(DAY);
    expect(refundRequestsOf(line)).toHaveLength(sent);
    expect(refundsOf(line)).toEqual([]);
    expect(await rig.registered(line)).toMatchObject({
      status: 'UNSUBSCRIBED',
      unsubscription: { status: 'REFUNDED' },
    });
    expect(instanceOf(line)).toMatchObject({ released: true });
  });

  test('that the platform takes while an operator records it leaves a word of it', async () => {
    const line = await placeNeverReady();
    rig.platform.behave('/refunds', ['http-503'], line.orderId);
    await rig.env.sleep(4 * HOUR + MINUTE);
    // The next attempt is held until the operator has recorded.
    const held = rig.hold('refund');
    const sleeping = rig.env.sleep(11 * MINUTE);
    await held.begun;
    await line.command('record-refund', 'operator', { reason: 'Paid by bank transfer' });
    rig.platform.behave('/refunds', ['take'], line.orderId);
    held.goOn();
    await sleeping;
    expect(await line.handle.result()).toEqual({ status: 'UNSUBSCRIBED' });
    const { log } = await rig.registered(line);
    expect(log.map(({ note }) => note).join()).toContain('check that it was not paid twice');
  });

  test('is either recorded or sent again, whichever of two commands at once comes first', async () => {
    const line = await placeNeverReady();
    rig.platform.behave('/refunds', ['http-422', 'take'], line.orderId);
    await rig.env.sleep(3 * HOUR + MINUTE);
    await rig.stopWorker();
    // The other one is refused, or finds the line ended.
    const taken = (command: Promise<unknown>) =>
      command.then(
        () => true,
        () => false,
      );
    const recorded = taken(line.command('record-refund', 'operator', { reason: 'Paid by bank transfer' }));
    const retried = taken(line.command('retry-refund', 'operator', {}));
    await rig.startWorker();
    expect(await line.handle.result()).toEqual({ status: 'UNSUBSCRIBED' });
    expect([await recorded, await retried].sort()).toEqual([false, true]);
    expect(refundsOf(line)).toHaveLength((await retried) ? 1 : 0);
  });
});

describe('the release', () => {
  test('is called once, then only when it is restarted', async () => {
    const line = await placeNeverReady();
    rig.seller.script(line.orderId, ['000005', '000005', 'open'], 'releaseInstance');
    await rig.env.sleep(3 * HOUR + MINUTE);
    expect(await line.view()).toMatchObject({
      node: 'RELEASING',
      status: 'UNSUBSCRIBED',
      waitingFor: 'seller',
    });
    await rig.env.sleep(10 * DAY);
    expect(await line.startsOf('releaseInstance')).toHaveLength(1);
    await line.command('restart-call', 'seller', {});
    await rig.env.sleep(MINUTE);
    await line.command('restart-call', 'operator', {});
    expect(await line.handle.result()).toEqual({ status: 'UNSUBSCRIBED' });
    expect(await line.startsOf('releaseInstance')).toHaveLength(3);
    expect(refundsOf(line)).toHaveLength(1);
  });

  test('goes to an operator after thirty days, not a minute earlier', async () => {
    const line = await placeNeverReady();
    rig.seller.script(line.orderId, ['000005'], 'releaseInstance');
    await rig.env.sleep(3 * HOUR + 30 * DAY - MINUTE);
    expect(await line.view()).toMatchObject({ node: 'RELEASING' });
    await rig.env.sleep(2 * MINUTE);
    expect(await line.view()).toMatchObject({ node: 'RELEASE_UNCONFIRMED', waitingFor: 'operator' });
    await expect(line.command('restart-call', 'seller', {})).rejects.toMatchObject({
      cause: { type: 'NOT_ALLOWED_NOW' },
    });
    await line.command('confirm-release', 'operator', { note: 'Removed, says the seller.' });
    expect(await line.handle.result()).toEqual({ status: 'UNSUBSCRIBED' });
    expect(eventsOf(line)).toContain('order.release_unconfirmed');
  });

  test('of an instance that nobody knows is confirmed by an operator', async () => {
    const line = await rig.place(['open-unanswered', '000005']);
    await rig.env.sleep(3 * HOUR + MINUTE);
    expect(await line.view()).toMatchObject({
      node: 'RELEASE_UNCONFIRMED',
      status: 'UNSUBSCRIBED',
      instanceId: null,
    });
    await expect(line.command('confirm-release', 'seller', { note: 'Gone' })).rejects.toMatchObject({
      cause: { type: 'FORBIDDEN' },
    });
    await line.command('confirm-release', 'operator', { note: 'Gone, says the seller.' });
    expect(await line.handle.result()).toEqual({ status: 'UNSUBSCRIBED' });
    expect(refundsOf(line)).toHaveLength(1);
  });
});

describe('close', () => {
  test('refunds what the operator says, and takes an accepted instance away', async () => {
    const line = await placeNeverReady();
    await rig.env.sleep(MINUTE / 2);
    await line.command('close', 'operator', {
      reason: 'Agreed by phone',
      refund: { currency: 'CNY', minor: 100 },
    });
    expect(await line.handle.result()).toEqual({ status: 'CLOSED' });
    expect(refundsOf(line)).toMatchObject([
      { amount: { currency: 'CNY', minor: 100 }, reason: 'Agreed by phone' },
    ]);
    expect(instanceOf(line)).toMatchObject({ released: true });
    expect(eventsOf(line)).toEqual(['order.closed']);
  });

  test('while a create runs that then succeeds delivers nothing and releases the late instance', async () => {
    const held = rig.hold('newInstance');
    const line = await rig.place(['open']);
    await held.begun;
    await line.command('close', 'operator', { reason: 'Agreed by phone', refund: paid });
    held.goOn();
    expect(await line.handle.result()).toEqual({ status: 'CLOSED' });
    expect(await line.startsOf('queryInstance')).toEqual([]);
    expect(instanceOf(line)).toMatchObject({ released: true });
    expect(refundsOf(line)).toHaveLength(1);
  });

  test('while a query runs that then finds the instance ready delivers nothing', async () => {
    const held = rig.hold('queryInstance');
    const line = await rig.place(['open']);
    await held.begun;
    await line.command('close', 'operator', { reason: 'Agreed by phone', refund: paid });
    held.goOn();
    expect(await line.handle.result()).toEqual({ status: 'CLOSED' });
    expect(instanceOf(line)).toMatchObject({ released: true });
    expect(eventsOf(line)).toEqual(['order.closed']);
  });

  test('while a create runs that then fails is followed by no call', async () => {
    const held = rig.hold('newInstance');
    const line = await rig.place(['000005']);
    await held.begun;
    await line.command('close', 'operator', { reason: 'Agreed by phone', refund: paid });
    held.goOn();
    expect(await line.handle.result()).toEqual({ status: 'CLOSED' });
    expect(await line.startsOf('newInstance')).toHaveLength(1);
    const { log } = await rig.registered(line);
    expect(log.map(({ note }) => note).join()).not.toContain('follows at');
  });

  test('with nothing to refund sends none', async () => {
    const line = await rig.place(['000005']);
    await rig.env.sleep(MINUTE);
    await line.command('close', 'operator', {
      reason: 'A test order',
      refund: { currency: 'CNY', minor: 0 },
    });
    expect(await line.handle.result()).toEqual({ status: 'CLOSED' });
    expect(refundRequestsOf(line)).toEqual([]);
  });

  test('is refused for more than was paid, another currency, another role, and after the decision', async () => {
    const line = await rig.place(['000005']);
    await rig.env.sleep(MINUTE);
    const close = (refund: typeof paid, by: 'operator' | 'seller' = 'operator') =>
      line.command('close', by, { reason: 'No', refund });
    const refused = (type: string) => ({ cause: { type } });
    await expect(close({ currency: 'CNY', minor: -1 })).rejects.toMatchObject(refused('INVALID_REQUEST'));
    await expect(close({ currency: 'CNY', minor: 990_001 })).rejects.toMatchObject(
      refused('REFUND_TOO_LARGE'),
    );
    await expect(close({ currency: 'USD', minor: 1 })).rejects.toMatchObject(refused('CURRENCY_MISMATCH'));
    await expect(close(paid, 'seller')).rejects.toMatchObject(refused('FORBIDDEN'));
    rig.platform.behave('/refunds', ['http-503', 'take'], line.orderId);
    await close(paid);
    await expect(close(paid)).rejects.toMatchObject(refused('NOT_ALLOWED_NOW'));
    expect(await line.handle.result()).toEqual({ status: 'CLOSED' });
    expect(refundsOf(line)).toHaveLength(1);
  });
});

describe('a cancellation', () => {
  test('between two create calls refunds, with nothing to release', async () => {
    const line = await rig.place(['000005']);
    await rig.env.sleep(MINUTE);
    await line.handle.cancel();
    expect(await line.handle.result()).toEqual({ status: 'CLOSED' });
    expect(refundsOf(line)).toMatchObject([{ amount: paid }]);
    expect(await line.startsOf('newInstance')).toHaveLength(1);
    expect(await line.startsOf('releaseInstance')).toEqual([]);
  });

  test('is a close with a full refund', async () => {
    const line = await placeNeverReady();
    await rig.env.sleep(MINUTE / 2);
    await line.handle.cancel();
    expect(await line.handle.result()).toEqual({ status: 'CLOSED' });
    expect(refundsOf(line)).toMatchObject([{ amount: paid }]);
    expect(instanceOf(line)).toMatchObject({ released: true });
  });

  test('changes nothing once a refund is decided', async () => {
    const line = await placeNeverReady();
    rig.seller.script(line.orderId, ['000005', 'open'], 'releaseInstance');
    await rig.env.sleep(3 * HOUR + MINUTE);
    await line.handle.cancel();
    await rig.env.sleep(HOUR);
    expect(await line.view()).toMatchObject({ node: 'RELEASING', status: 'UNSUBSCRIBED' });
    await line.command('restart-call', 'seller', {});
    expect(await line.handle.result()).toEqual({ status: 'UNSUBSCRIBED' });
  });
});

describe('a registry that is away', () => {
  test('delays reads and never the order', async () => {
    await rig.stopWorker();
    let away = true;
    const { publishView } = rig.activities;
    await rig.startWorker({
      publishView: (input) => (away ? Promise.reject(new Error('no database')) : publishView(input)),
    });
    const line = await rig.place(['000005', 'open']);
    await rig.env.sleep(HOUR + MINUTE);
    expect(await line.view()).toMatchObject({ status: 'COMPLETED', node: 'ENDED' });
    expect(await rig.registered(line)).toMatchObject({ revision: 0 });
    away = false;
    expect(await line.handle.result()).toEqual({ status: 'COMPLETED' });
    const starts = await line.startsOf('newInstance');
    expect(starts.map((at) => Math.round(at / MINUTE))).toEqual([0, 60]);
  });
});
