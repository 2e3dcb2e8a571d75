import type { PlacedLine } from '../../support/placed-line';
import { Rig } from '../../support/rig';
import { accept, deliver, refusalOf, reviewPass, submitDeviceId } from '../../support/supervised';

/** Licences for one machine (domain.md 2.5), and those delivered offline or as a package (domain.md 2.3, 2.6). */

let rig: Rig;

beforeAll(async () => {
  rig = await Rig.start(100);
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

const nodeOf = async (line: PlacedLine) => (await line.view()).node;

test('a device id comes before the delivery', async () => {
  const line = await rig.placeLine({ delivery: 'license-device' });
  expect(await refusalOf(deliver(line))).toBe('NOT_ALLOWED_NOW');
  await submitDeviceId(line);
  await deliver(line);
  expect(await nodeOf(line)).toBe('ACCEPTING');
  await line.command('reject', 'buyer', { reason: 'It does not start' });
  expect(await nodeOf(line)).toBe('DELIVERING');
  await deliver(line);
  await accept(line);
  expect(await line.ended()).toEqual({ status: 'COMPLETED' });
  const { log } = await rig.registered(line);
  expect(log.map(({ note }) => note)).toContain('Device id: HW-00-1A-2B');
});

test.each([
  { delivery: 'license-device', scene: 'empowerment', reviewed: true },
  { delivery: 'license-device', scene: 'base', reviewed: true },
  { delivery: 'license-offline', scene: 'empowerment', reviewed: true },
  { delivery: 'license-offline', scene: 'base', reviewed: false },
  { delivery: 'license-package', scene: 'empowerment', reviewed: true },
  { delivery: 'license-package', scene: 'base', reviewed: false },
] as const)(
  'a joint $delivery of scene $scene is reviewed: $reviewed',
  async ({ delivery, scene, reviewed }) => {
    const line = await rig.placeLine({ delivery, scene, trade: 'joint' });
    if (delivery === 'license-device') await submitDeviceId(line);
    await deliver(line);
    expect(await nodeOf(line)).toBe(reviewed ? 'REVIEWING' : 'ACCEPTING');
    if (reviewed) await reviewPass(line);
    await accept(line);
    expect(await line.ended()).toEqual({ status: 'COMPLETED' });
  },
);
