import { giveLicense, orderBody, registerSeller, startRig, tokenOf, type Rig } from '../api/rig';
import { steward, type Surroundings } from './steward';

/** `steward license`, at the real API with stand-ins for the workflows. */

const LINE = { orderId: 'L1', orderLineId: 'L1-000001' };
let rig: Rig;
let env: Record<string, string>;
let code: string;
beforeAll(async () => {
  rig = await startRig();
  const api = await rig.app.listen({ host: '127.0.0.1', port: 0 });
  env = { STEWARD_API: api, STEWARD_TOKEN: await tokenOf('seller', 'S1') };
  await registerSeller(rig);
  await rig.as('platform').place(orderBody('L1'));
  code = await giveLicense(rig, 'L1');
});
afterAll(() => rig.close());

const license = (args: string[], surroundings: Surroundings = {}) =>
  steward(['license', ...args], { env, ...surroundings });

test('activate takes the code as an argument, or from the standard input', async () => {
  const told = 'Order line L1-000001 was activated at 2026-11-23 12:00:00 (UTC+8).\n';
  expect(await license(['activate', code])).toEqual({ stdout: told, stderr: '', exitCode: 0 });
  expect(await license(['activate', '-'], { stdin: `${code}\n` })).toMatchObject({ stdout: told });
  const { stdout } = await license(['activate', '-', '--json'], { stdin: code });
  expect(JSON.parse(stdout)).toEqual({ ...LINE, activatedAt: '2026-11-23T12:00:00.000+08:00' });
});

test('heartbeat, too', async () => {
  const early = await license(['heartbeat', code]);
  expect(early).toMatchObject({ stdout: '', exitCode: 1 });
  expect(early.stderr).toMatch(/^92020004: .*\nNext: the buyer claims it with "steward order do/);
  await rig.lines.show(LINE, { revision: 9, license: { claimedAt: 1, activatedAt: 2 } });
  const { stdout, exitCode } = await license(['heartbeat', '-'], { stdin: code.toLowerCase() });
  expect(stdout).toMatch(/^Order line L1-000001 was in use at \d{4}-\d\d-\d\d [\d:]{8} \(UTC\+8\)\.\n$/);
  expect(exitCode).toBe(0);
});

test('an unknown code is not repeated on the screen', async () => {
  const typed = code.startsWith('0') ? `1${code.slice(1)}` : `0${code.slice(1)}`;
  const { stdout, stderr, exitCode } = await license(['activate', typed]);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
  expect(stderr).toMatch(/^92020005: The licence code does not exist\nNext: compare it/);
  expect(stderr).not.toContain(typed.slice(0, 9));
});
