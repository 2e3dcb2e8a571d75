import { LiveRig } from '../support/live-rig';
import { secretsIn } from '../support/history-checks';
import { race, registerSellers, type Outcome, type Race } from '../support/races';
import { APPEAL_OR_ACCEPT, APPROVE_OR_WITHDRAW, CLAIM_OR_REFUND } from '../support/supervision-races';

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
