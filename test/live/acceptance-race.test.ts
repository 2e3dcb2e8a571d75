import { setTimeout as sleep } from 'node:timers/promises';
import { iso } from '../../domain/time';
import { eventually } from '../support/eventually';
import { LiveRig } from '../support/live-rig';
import { PROOF } from '../support/supervised';

/** The buyer's acceptance of goods against that of the system, which comes at a moment that the view tells (domain.md 2.7). */

/** So many at the same time, and so many times: a machine that is busy with more loses the moment. */
const ORDERS = 6;
const ROUNDS = 4;
/** From so long before the moment to so long after it; wider in further rounds, until either side has won. */
const SPREAD_MS = 300;
const FURTHER_ROUNDS = 4;

let rig: LiveRig;

beforeAll(async () => {
  rig = await LiveRig.start();
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

/** Goods that were signed for long ago, as far as the fast windows go. */
async function placeSigned(n: number): Promise<{ orderId: string; dueAt: number }> {
  const orderId = await rig.place(['open'], { delivery: 'hardware' });
  const parcel = { carrier: 'shunfeng', trackingNumber: `RACE-${n}-${Date.now()}` };
  rig.carrier.script(parcel.trackingNumber, [`signed:${iso(Date.now() - 60_000)}`]);
  await rig.as('seller').client.command(orderId, 'ship', { ...parcel, proof: PROOF });
  const { dueAt } = await rig.until(orderId, (line) => line.dueAt !== null);
  return { orderId, dueAt: Date.parse(dueAt!) };
}

/** A busy machine may make the API ask for another try, under the same key. */
function accept(orderId: string) {
  const post = () =>
    rig.as('buyer').post<{ code?: string }>(`/orders/${orderId}/accept`, {}, `accept ${orderId}`);
  return eventually(post, ({ status }) => status !== 503);
}

test('goods are accepted once, by whoever comes first', async () => {
  const raced = async (n: number, spread: number): Promise<'buyer' | 'steward'> => {
    const { orderId, dueAt } = await placeSigned(n);
    const beside = Math.round(spread * ((2 * n) / (ORDERS - 1) - 1));
    await sleep(Math.max(0, dueAt + beside - Date.now()));
    const { status, body } = await accept(orderId);
    const { log, status: end } = await rig.ended(orderId);
    // A notification that a busy machine let fail may leave a note after the end.
    const ends = log.filter(({ from, to }) => from !== to && to === 'ENDED');
    expect({ end, ends }).toEqual({ end: 'COMPLETED', ends: [expect.anything()] });
    const told = rig.platform.events.filter((event) => event.orderId === orderId);
    expect(told.filter(({ type }) => type === 'order.completed')).toHaveLength(1);
    expect(rig.refunds(orderId)).toEqual([]);
    // The answer is the truth: who was told that it was taken has done it.
    const byBuyer = ends[0]?.command === 'accept';
    const refused = { status: 409, code: 'ORDER_ENDED' };
    expect({ status, code: body.code }).toEqual(byBuyer ? { status: 200, code: undefined } : refused);
    return byBuyer ? 'buyer' : 'steward';
  };
  const winners = new Set<string>();
  const race = async (spread: number): Promise<void> => {
    const wave = Array.from({ length: ORDERS }, (_, n) => raced(n, spread));
    for (const winner of await Promise.all(wave)) winners.add(winner);
  };
  for (let round = 0; round < ROUNDS; round += 1) await race(SPREAD_MS);
  for (let round = 1; winners.size < 2 && round <= FURTHER_ROUNDS; round += 1)
    await race(SPREAD_MS * 2 ** round);
  expect(winners).toEqual(new Set(['buyer', 'steward']));
});
