import { giveUpdate } from '../../api/temporal-calls';
import { iso } from '../../domain/time';
import { WINDOWS } from '../../domain/windows';
import { logisticsEventUpdate } from '../../workflows/messages';
import { eventually } from '../support/eventually';
import { LiveRig } from '../support/live-rig';
import { Parcels } from '../support/parcels';
import { PROOF } from '../support/supervised';

/** Goods whose history grows long: parcel, question to the carrier and automatic acceptance go on in new runs. */

const { autoAcceptance, autoAcceptanceAtLeast } = WINDOWS.fast;

let rig: LiveRig;
const parcels = new Parcels();

beforeAll(async () => {
  const dynamicConfig = {
    'limit.historyCount.suggestContinueAsNew': '20',
    'history.workflowIdReuseMinimalInterval': '"1ms"',
  };
  rig = await LiveRig.start({ server: { dynamicConfig } });
  await rig.stopWorker();
  await rig.startWorker({ trackParcel: parcels.trackParcel });
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

const runsOf = async (orderId: string): Promise<number> => (await rig.histories(orderId)).length;

it('are tracked and accepted by the system in a later run', async () => {
  const orderId = await rig.place(['open'], { delivery: 'hardware' });
  const trackingNumber = parcels.next();
  const carrier = 'shunfeng';
  const shippedAt = Date.now();
  parcels.located(trackingNumber, 'IN_TRANSIT', shippedAt);
  await rig.as('seller').client.command(orderId, 'ship', { carrier, trackingNumber, proof: PROOF });
  await rig.until(orderId, ({ shipment }) => shipment?.state === 'IN_TRANSIT');

  // What changes nothing makes a history long all the same.
  const by = { role: 'carrier' as const, sub: 'carrier-1' };
  const event = { by, carrier, trackingNumber, state: 'IN_TRANSIT' as const, at: shippedAt };
  const growTo = (runs: number) =>
    eventually(
      async () => {
        await giveUpdate(rig.runtime.client, () =>
          rig.handle(orderId).executeUpdate(logisticsEventUpdate, { args: [event] }),
        );
        return runsOf(orderId);
      },
      (now) => now >= runs,
      60_000,
    );
  const before = await runsOf(orderId);
  await growTo(before + 2);
  const signedAt = Date.now();
  parcels.located(trackingNumber, 'SIGNED', signedAt);
  const signed = await rig.until(orderId, ({ shipment }) => shipment?.state === 'SIGNED', 60_000);
  const learnedAt = Date.parse(signed.shipment!.learnedAt!);
  const dueAt = Math.max(signedAt + autoAcceptance, learnedAt + autoAcceptanceAtLeast);
  expect(signed).toMatchObject({ autoAcceptance: { state: 'DUE', at: iso(dueAt) }, dueAt: iso(dueAt) });

  const line = await rig.ended(orderId);
  expect(line).toMatchObject({ status: 'COMPLETED', shipment: { n: 1, trackingNumber } });
  expect(line.log.filter(({ note }) => note.includes('signed for'))).toHaveLength(1);
  expect(line.log.filter(({ to }) => to === 'ENDED')).toHaveLength(1);
  expect(Date.parse(line.completedAt!)).toBeGreaterThanOrEqual(dueAt);
  // Nothing is asked of a parcel that is accepted.
  const asked = parcels.asked.length;
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(parcels.asked).toHaveLength(asked);
});
