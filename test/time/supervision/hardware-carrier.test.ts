import { eventually } from '../../support/eventually';
import { RECIPIENT } from '../../support/orders';
import { DAY, HOUR, placeGoods, ship } from '../../support/parcels';
import { Rig } from '../../support/rig';
import { accept } from '../../support/supervised';

/** Goods that are tracked at a Kuaidi100 over HTTPS, with the recipient's phone from SQL (domain.md 2.7). */

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.start(100);
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

const asked = (number: string) =>
  rig.carrier.questions.filter(({ trackingNumber }) => trackingNumber === number).map(({ did }) => did);

test('goods that the carrier comes to know and delivers are accepted by the system', async () => {
  const number = 'SF-KNOWN-1';
  rig.carrier.script(number, ['unknown', 'http-503', 'in-transit', 'signed'], RECIPIENT.phone);
  const line = await placeGoods(rig);
  await ship(line, number);
  await rig.env.sleep(2 * DAY);
  await eventually(
    () => line.view(),
    ({ shipment }) => shipment?.state === 'SIGNED',
  );
  expect(asked(number).slice(0, 4)).toEqual(['unknown', 'http-503', 'in-transit', 'signed']);
  await rig.env.sleep(11 * DAY);
  expect(await line.ended()).toMatchObject({ status: 'COMPLETED' });
});

test('goods for another phone wait for the buyer', async () => {
  const number = 'SF-OTHER-1';
  rig.carrier.script(number, ['signed'], '13700000000');
  const line = await placeGoods(rig);
  await ship(line, number);
  await eventually(
    () => line.view(),
    ({ shipment }) => shipment?.info === 'PHONE_MISMATCH',
  );
  await rig.env.sleep(30 * DAY + HOUR);
  expect(await line.view()).toMatchObject({ node: 'ACCEPTING', waitingFor: 'buyer' });
  await accept(line);
  expect(await line.ended()).toMatchObject({ status: 'COMPLETED' });
});
