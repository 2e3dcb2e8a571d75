import { writeSync } from 'node:fs';
import { LiveRig } from '../support/live-rig';
import { race, registerSellers, type Outcome } from '../support/races';
import { CLAIM_OR_REFUND } from '../support/supervision-races';

const ORDERS = Number(process.env['STEWARD_SOAK_ORDERS'] ?? 1_000);
/** Between two lines of progress, in orders. */
const STEP = 50;
/** For each order; a busy machine needs some seconds for one. */
const PATIENCE = 10_000;

let rig: LiveRig;

beforeAll(async () => {
  rig = await LiveRig.start({ windows: 'standard' });
  await registerSellers(rig);
});
afterAll(() => rig.end());

test(
  `in ${ORDERS} races of the claim of a code against a refund request not one order ends with both`,
  async () => {
    const done: Outcome[] = [];
    const outcomes = await race(rig, CLAIM_OR_REFUND, ORDERS, (outcome) => {
      done.push(outcome);
      if (done.length % STEP === 0 || done.length === ORDERS) writeSync(1, `${figures(done)}\n`);
    });
    expect(outcomes).toHaveLength(ORDERS);
    expect(outcomes.filter(({ violations }) => violations.length > 0)).toEqual([]);
  },
  ORDERS * PATIENCE,
);

function figures(outcomes: Outcome[]): string {
  const count = (holds: (outcome: Outcome) => boolean) => outcomes.filter(holds).length;
  const claims = count(({ winner }) => winner === 0);
  const refunds = count(({ winner }) => winner === 1);
  const overtaken = count(({ awaited, winner, first }) => !awaited && winner !== first);
  const together = count(({ awaited }) => !awaited);
  const wrong = count(({ violations }) => violations.length > 0);
  return (
    `${outcomes.length} of ${ORDERS} orders: ${claims} claimed, ${refunds} refunded, ` +
    `${overtaken} of ${together} sent together won by the second sent; ${wrong} violations`
  );
}
