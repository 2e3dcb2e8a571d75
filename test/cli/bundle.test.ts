import { orderBody, registerSeller, startRig, tokenOf, type Rig } from '../api/rig';
import { steward } from './steward';

/** `steward order request-unsubscription` and `withdraw-unsubscription`, at the real API with stand-in workflows. */

let rig: Rig;
let env: Record<string, string>;
beforeAll(async () => {
  rig = await startRig();
  const api = await rig.app.listen({ host: '127.0.0.1', port: 0 });
  env = { STEWARD_API: api, STEWARD_TOKEN: await tokenOf('buyer', 'B1') };
  await registerSeller(rig);
  const lines = ['P-1', 'P-2'].map((orderLineId) => ({ orderLineId, delivery: 'service' }));
  await rig.as('platform').place({ ...orderBody('PACK', lines), bundle: true });
});
beforeEach(() => {
  rig.lines.calm();
});
afterAll(() => rig.close());

const request = (data: object, ...args: string[]) =>
  steward(['order', 'request-unsubscription', 'PACK', '--data', '@-', ...args], {
    env,
    stdin: JSON.stringify(data),
  });
const wish = (...orderLineIds: string[]) => ({
  reason: 'We need it no more',
  lines: orderLineIds.map((orderLineId) => ({ orderLineId, amount: { currency: 'CNY', minor: 1 } })),
});

test('a bundle is asked for with the amounts of all lines, and shown with all of them', async () => {
  const { stdout, stderr, exitCode } = await request(wish('P-1', 'P-2'));
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  expect(stdout).toContain('P-1');
  expect(stdout).toContain('P-2');
  expect(rig.lines.bundles).toMatchObject([
    { orderId: 'PACK', buyerId: 'B1', lines: wish('P-1', 'P-2').lines },
  ]);
});

test('under its key the request is one', async () => {
  const key = ['--idempotency-key', 'ask-once'];
  const first = await request(wish('P-1', 'P-2'), ...key);
  expect(await request(wish('P-1', 'P-2'), ...key)).toEqual(first);
  expect(rig.lines.bundles).toHaveLength(1);
});

test('what the API refuses is told with its code, and nothing is asked', async () => {
  const { stdout, stderr, exitCode } = await request(wish('P-1'));
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
  expect(stderr).toMatch(/^INVALID_REQUEST: .*P-2/);
  expect(rig.lines.bundles).toEqual([]);
});

test('it is taken back as a whole', async () => {
  await request(wish('P-1', 'P-2'));
  const { stdout, exitCode } = await steward(['order', 'withdraw-unsubscription', 'PACK'], { env });
  expect(exitCode).toBe(0);
  expect(stdout).toContain('P-2');
});

test('the help of both gives an example', async () => {
  for (const command of ['request-unsubscription', 'withdraw-unsubscription']) {
    const { stdout } = await steward(['order', command, '--help']);
    expect(stdout).toContain(`steward order ${command} CS2026112300001`);
  }
});
