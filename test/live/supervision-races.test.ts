import { LiveRig } from '../support/live-rig';
import { secretsIn } from '../support/history-checks';
import { placeRaced, race, registerSellers, type Outcome, type Race } from '../support/races';
import {
  APPEAL_OR_ACCEPT,
  APPROVE_OR_WITHDRAW,
  CLAIM_OR_REFUND,
  TWO_TABS,
} from '../support/supervision-races';

/** Orders of each race. */
const ORDERS = 100;
/** Every so many-th is replayed: all of them would take minutes. The ends of all are looked at. */
const REPLAYED = 10;

let rig: LiveRig;

beforeAll(async () => {
  rig = await LiveRig.start({ windows: 'standard' });
  await registerSellers(rig);
});
afterAll(() => rig.end());

/** How often each contender won of those that were sent at the same moment. */
const wins = (outcomes: Outcome[]) =>
  ([0, 1] as const).map((who) => outcomes.filter(({ awaited, winner }) => !awaited && winner === who).length);

test.each<[string, Race]>([
  ['the claim of a code and a requested refund', CLAIM_OR_REFUND],
  ['the approval of an unsubscription and its withdrawal', APPROVE_OR_WITHDRAW],
  ['an appeal and the acceptance', APPEAL_OR_ACCEPT],
  ['the same command from two tabs', TWO_TABS],
])(
  'of %s a line takes exactly one, whichever comes first',
  async (_name, contest) => {
    const outcomes = await race(rig, contest, ORDERS);
    expect(outcomes).toHaveLength(ORDERS);
    expect(outcomes.filter(({ violations }) => violations.length > 0)).toEqual([]);
    for (const won of wins(outcomes)) expect(won).toBeGreaterThan(0);
    for (const { orderId } of outcomes.filter((_, n) => n % REPLAYED === 0)) await rig.expectSound(orderId);
    expect(secretsIn(rig.log(), rig.secrets)).toEqual([]);
  },
  600_000,
);

test('under the same key the same command takes effect once, and both tabs get one answer', async () => {
  const tabs = async (n: number) => {
    const order = await placeRaced(rig, TWO_TABS.delivery, n);
    await TWO_TABS.prepare(order);
    const key = `accept ${order.orderId}`;
    const [one, two] = await Promise.all([1, 2].map(() => order.give('buyer', 'accept', {}, key)));
    expect(one).toMatchObject({ status: 200 });
    expect(two).toEqual(one);
    await rig.handle(order.orderId).result();
    const { log } = await rig.line(order.orderId);
    expect(log.filter(({ command }) => command === 'accept')).toHaveLength(1);
  };
  await Promise.all(Array.from({ length: 10 }, (_, n) => tabs(n)));
});
