import { loadDataConverter } from '@temporalio/common/lib/internal-non-workflow';
import type { OrderBody } from '../../domain/schemas/order';
import { eventually } from '../support/eventually';
import { testDataConverter, workflowBundle } from '../support/history-checks';
import { quietRuntime } from '../support/quiet';
import { endAllHomes } from '../support/up-home';
import { expectOneEnd } from './one-end';
import { inWorld, type World } from './world';

/**
 * kill −9 of the process that owns database, worker and API.
 */

const MINUTES = 180_000;

/** The plan's four. On a busy machine one may be over before it reaches the seller. */
async function expectFourCalls(world: World, order: OrderBody): Promise<void> {
  const calls = [];
  for await (const call of world.api.operator.eachSellerCall({ orderId: order.orderId })) {
    if (call.activity === 'newInstance') calls.push(call);
  }
  expect(calls.map(({ attempt }) => attempt).sort()).toEqual([1, 2, 3, 4]);
  const answered = calls.filter(({ resultCode }) => resultCode !== null).length;
  const heard = world.callsOf(order, 'newInstance').length;
  expect(heard).toBeGreaterThanOrEqual(answered);
  expect(heard).toBeLessThanOrEqual(4);
}

beforeAll(async () => {
  quietRuntime();
  // Now, not while a test must be quick to kill, and not when a concurrent test has just ended: Jest then lets
  // no other one load a module.
  await workflowBundle();
  loadDataConverter(testDataConverter);
});
afterAll(endAllHomes);

test.concurrent(
  'in the create call and then in the query: one instance, delivered once, no call counted against the seller',
  () =>
    inWorld(async (world) => {
      const order = world.newOrder(['open-unanswered', 'open']);
      world.seller.script(order.orderId, ['hang', 'open'], 'queryInstance');
      const created = world.nextCall(order, 'newInstance');
      const queried = world.nextCall(order, 'queryInstance');
      await world.api.platform.placeOrder(order);
      await created;
      await world.killSteward();
      await world.startSteward();
      await queried;
      await world.killSteward();
      await world.startSteward();

      expect(await expectOneEnd(world, [order])).toEqual(['COMPLETED']);
      expect(world.callsOf(order, 'newInstance')).toHaveLength(2);
      expect(world.callsOf(order, 'queryInstance')).toHaveLength(2);
      // The two that were cut off stay in the books without an answer; what was made again has their number.
      const { items } = await world.api.operator.sellerCalls({ orderId: order.orderId });
      const provisioning = items.filter(({ activity }) => activity !== 'orderNotify');
      const booked = provisioning.map(({ activity, attempt, resultCode }) => [activity, attempt, resultCode]);
      expect(booked.reverse()).toEqual([
        ['newInstance', 1, null],
        ['newInstance', 1, '000000'],
        ['queryInstance', 1, null],
        ['queryInstance', 1, '000000'],
      ]);
    }),
  MINUTES,
);

test.concurrent(
  'in the refund and then in the release: refunded once, released once',
  () =>
    inWorld(async (world) => {
      const order = world.newOrder(['accept:never']);
      world.platform.behave('/refunds', ['take-hang', 'take'], order.orderId);
      world.seller.script(order.orderId, ['hang', 'open'], 'releaseInstance');
      const refunded = world.nextRefund(order);
      const released = world.nextCall(order, 'releaseInstance');
      await world.api.platform.placeOrder(order);
      await refunded;
      await world.killSteward();
      await world.startSteward();
      await released;
      await world.killSteward();
      await world.startSteward();

      expect(await expectOneEnd(world, [order])).toEqual(['UNSUBSCRIBED']);
      const asked = world.platform.requests.filter(({ path }) => path === '/refunds').map(({ id }) => id);
      expect(asked).toEqual(Array(2).fill(`${order.orderId}-000001-U1`));
      expect(world.callsOf(order, 'newInstance')).toHaveLength(1);
      expect(world.callsOf(order, 'releaseInstance')).toHaveLength(2);
    }),
  MINUTES,
);

test.concurrent(
  'between two calls: the plan goes on with no call more or less',
  () =>
    inWorld(async (world) => {
      const mended = world.newOrder(['000005', '000005', '000005', 'open']);
      const refused = world.newOrder(['000005']);
      const orders = [mended, refused];
      for (const order of orders) await world.api.platform.placeOrder(order);
      for (const order of orders) {
        await world.until(order, ({ log }) =>
          log.some(({ note }) => note.startsWith('newInstance call 1 failed')),
        );
      }
      await world.killSteward();
      await world.startSteward();

      expect(await expectOneEnd(world, orders)).toEqual(['COMPLETED', 'UNSUBSCRIBED']);
      for (const order of orders) await expectFourCalls(world, order);
    }),
  MINUTES,
);

test.concurrent(
  'as soon as an order was handed over, and before that was answered: it is opened, once',
  () =>
    inWorld(async (world) => {
      const answered = world.newOrder(['open']);
      await world.api.platform.placeOrder(answered);
      await world.killSteward();
      await world.startSteward();

      const unanswered = world.newOrder(['open']);
      process.kill(world.server.pid, 'SIGSTOP');
      const placing = world.api.platform.placeOrder(unanswered).catch((error: unknown) => error);
      const registered = () => world.api.operator.listOrders();
      await eventually(registered, ({ items }) => items.some((line) => line.orderId === unanswered.orderId));
      await world.killSteward();
      expect(await placing).toMatchObject({ code: 'UNREACHABLE' });
      process.kill(world.server.pid, 'SIGCONT');
      expect(world.callsOf(unanswered, 'newInstance')).toEqual([]);
      const opened = world.nextCall(unanswered, 'newInstance');
      await world.startSteward();
      await opened;

      const orders = [answered, unanswered];
      expect(await expectOneEnd(world, orders)).toEqual(['COMPLETED', 'COMPLETED']);
      // The platform, which does not know, hands them over again.
      for (const order of orders) {
        const { lines } = await world.api.platform.placeOrder(order);
        expect(lines).toMatchObject([{ status: 'COMPLETED' }]);
      }
      expect(world.callsOf(unanswered, 'newInstance')).toHaveLength(1);
    }),
  MINUTES,
);
