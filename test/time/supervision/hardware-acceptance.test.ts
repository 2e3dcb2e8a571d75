import { eventually } from '../../support/eventually';
import { DAY, HOUR, placeGoods, ship, startParcelRig, type Parcels } from '../../support/parcels';
import type { PlacedLine } from '../../support/placed-line';
import type { Rig } from '../../support/rig';

/** Automatic acceptance of goods ten days after the carrier says "signed" (domain.md 2.7). */

let rig: Rig;
let parcels: Parcels;

beforeAll(async () => {
  ({ rig, parcels } = await startParcelRig());
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

const now = () => rig.env.currentTimeMs();

/** Shipped goods of which the carrier said "signed" so long ago. */
async function signed(ago: number): Promise<{ line: PlacedLine; number: string; at: number }> {
  const number = parcels.next();
  const line = await placeGoods(rig);
  const at = (await now()) - ago;
  parcels.located(number, 'SIGNED', at);
  await ship(line, number);
  await eventually(
    () => line.view(),
    ({ shipment }) => shipment?.state === 'SIGNED',
  );
  return { line, number, at };
}

test('comes ten days after "signed", not a minute before', async () => {
  const { line, at } = await signed(HOUR);
  const { dueAt, autoAcceptance } = await line.view();
  expect({ dueAt, autoAcceptance }).toEqual({
    dueAt: at + 10 * DAY,
    autoAcceptance: { state: 'DUE', at: at + 10 * DAY },
  });
  await rig.env.sleep(at + 10 * DAY - 60_000 - (await now()));
  expect(await line.view()).toMatchObject({ node: 'ACCEPTING', status: 'PROCESSING' });
  await rig.env.sleep(120_000);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
  const { completion, log } = await rig.registered(line);
  expect(Math.abs(completion!.completedAt - at - 10 * DAY)).toBeLessThan(60_000);
  expect(log.at(-1)).toMatchObject({ by: 'steward', command: null, from: 'ACCEPTING', to: 'ENDED' });
  expect(await line.mails()).toEqual([
    'your-move seller',
    'your-move buyer',
    'parcel-signed buyer',
    'completed buyer',
    'completed seller',
  ]);
});
