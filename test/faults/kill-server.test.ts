import type { Script } from '../../sim/seller';
import { eventually } from '../support/eventually';
import { workflowBundle } from '../support/history-checks';
import { quietRuntime } from '../support/quiet';
import { endAllHomes } from '../support/up-home';
import { expectOneEnd } from './one-end';
import { inWorld, type World } from './world';

/** kill −9 of the Temporal server, whose database file is all that it leaves. */

const MINUTES = 180_000;

/**
 * What the seller does, and how it may end: our outage moves no end of polling, so a slow seller may lose. One that
 * opens at its second call has two calls to spare: here a call has less than two seconds, which a busy machine may
 * need for itself.
 */
const SCRIPTS: readonly { script: Script; ends: readonly string[] }[] = [
  { script: ['000005', 'open'], ends: ['COMPLETED'] },
  { script: ['http-503'], ends: ['UNSUBSCRIBED'] },
  { script: ['hang'], ends: ['UNSUBSCRIBED'] },
  { script: ['accept:5'], ends: ['COMPLETED', 'UNSUBSCRIBED'] },
  { script: ['accept:never'], ends: ['UNSUBSCRIBED'] },
];

beforeAll(async () => {
  quietRuntime();
  await workflowBundle();
});
afterAll(endAllHomes);

test(
  'with 20 open orders: worker and API survive it, and each order comes to one end',
  () =>
    inWorld(async (world) => {
      const releases = confirmReleases(world);
      const orders = Array.from({ length: 20 }, (_, n) =>
        world.newOrder(SCRIPTS[n % SCRIPTS.length]!.script),
      );
      const placed = await Promise.all(orders.map((order) => world.api.platform.placeOrder(order)));
      expect(placed.map(({ lines }) => lines[0]!.status)).toEqual(Array(20).fill('PROCESSING'));
      await world.killServer();

      // Handed over in the outage: safe, and started when the server is back.
      const late = world.newOrder(['open']);
      const placing = world.api.platform.placeOrder(late);
      const kept = () => world.api.operator.getOrder(late.orderId).catch(() => null);
      await eventually(kept, (order) => order !== null);
      await world.startServer();
      await placing;
      await world.api.platform.placeOrder(late);

      const ends = await expectOneEnd(world, [...orders, late]);
      expect(ends.pop()).toBe('COMPLETED');
      for (const [n, end] of ends.entries()) expect(SCRIPTS[n % SCRIPTS.length]!.ends).toContain(end);
      await releases.done();
      // It is the same process: nobody has started another one.
      expect((await fetch(`${world.home.apiUrl}/readyz`)).status).toBe(200);
    }),
  MINUTES,
);

/**
 * An operator at hand: restarts every release that failed (a call has less than two seconds here), and confirms those
 * that nobody is sure of.
 */
function confirmReleases({ platform, api }: World): { done(): Promise<unknown> } {
  const confirmed = new Map<string, Promise<unknown>>();
  const restarted: Promise<unknown>[] = [];
  platform.seen.on('request', ({ id, orderId }) => {
    const event = platform.events.find((one) => one.id === id);
    if (event?.type === 'order.call_failed' && event.node === 'RELEASING') {
      restarted.push(api.operator.command(orderId, 'restart-call', {}));
    }
    if (event?.type !== 'order.release_unconfirmed' || confirmed.has(orderId)) return;
    const note = 'The seller confirmed by phone that nothing was left.';
    confirmed.set(orderId, api.operator.command(orderId, 'confirm-release', { note }));
  });
  return { done: () => Promise.all([...confirmed.values(), ...restarted]) };
}
