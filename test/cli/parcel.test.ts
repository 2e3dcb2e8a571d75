import { sampleShipment, sampleView } from '../db/samples';
import { viewStore } from '../../db/views';
import { orderBody, registerSeller, startRig, tokenOf, type Rig } from '../api/rig';
import { steward } from './steward';

/** `steward parcel tell`, at the real API with stand-ins for the workflows. */

let rig: Rig;
let env: Record<string, string>;
beforeAll(async () => {
  rig = await startRig();
  const api = await rig.app.listen({ host: '127.0.0.1', port: 0 });
  env = { STEWARD_API: api, STEWARD_TOKEN: await tokenOf('carrier') };
  await registerSeller(rig);
  await rig.as('platform').place(orderBody('P1', [{ delivery: 'hardware' }]));
  const view = { ...sampleView(5), shipment: sampleShipment('SF-00000001') };
  await viewStore(rig.db).save('P1', 'P1-000001', view);
});
beforeEach(() => {
  rig.lines.calm();
});
afterAll(() => rig.close());

const tell = (...args: string[]) => steward(['parcel', 'tell', 'shunfeng', ...args], { env });

test('a parcel is told of with the moment that is given, or now', async () => {
  const at = '2026-11-20T18:00:00+08:00';
  expect(await tell('SF-00000001', 'SIGNED', '--at', at)).toEqual({
    stdout:
      "Told to 1 order line. It counts once the carrier, asked with the recipient's phone, has confirmed the parcel.\n",
    ...{ stderr: '', exitCode: 0 },
  });
  const before = Date.now();
  await tell('SF-00000001', 'RETURNED');
  const [first, second] = rig.lines.learned.map(({ event }) => event);
  expect(first).toMatchObject({ state: 'SIGNED', at: Date.parse(at) });
  expect(second).toMatchObject({ state: 'RETURNED' });
  expect(second!.at).toBeGreaterThanOrEqual(before);
});

test('lines that have ended take nothing', async () => {
  rig.lines.gone = true;
  expect(await tell('SF-00000001', 'SIGNED')).toMatchObject({
    ...{ stdout: 'No order line was told: they have ended.\n', exitCode: 0 },
  });
});

test('a parcel of nobody, and a state that is none', async () => {
  const unknown = await tell('SF-00000009', 'SIGNED');
  expect(unknown).toMatchObject({ stdout: '', exitCode: 1 });
  expect(unknown.stderr).toMatch(/^NOT_FOUND: There is no parcel shunfeng SF-00000009/);
  expect(await tell('SF-00000001', 'LOST')).toMatchObject({ stdout: '' });
  expect(rig.lines.learned).toEqual([]);
});
