import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { startPlatform, type SimulatedPlatform } from '../../sim/platform';

const secret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
const home = mkdtempSync(join(tmpdir(), 'steward-platform-'));
const started: SimulatedPlatform[] = [];
afterEach(() => Promise.all(started.splice(0).map((platform) => platform.close())));
afterAll(() => rmSync(home, { recursive: true }));

async function start(stateFile?: string): Promise<SimulatedPlatform> {
  const platform = await startPlatform({ secret, ...(stateFile !== undefined && { stateFile }) });
  started.push(platform);
  return platform;
}

const refund = (refundId: string, orderId = 'O-1', minor = 1) => ({
  refundId,
  orderId,
  orderLineId: `${orderId}-1`,
  amount: { currency: 'CNY', minor },
  reason: 'why',
});

/** A signed request; answers with its status. */
async function tell(
  url: string,
  content: ReturnType<typeof refund>,
  sent = content,
  at = new Date(),
): Promise<number> {
  const headers = {
    'webhook-id': content.refundId,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(content.refundId, at, JSON.stringify(content)),
  };
  return (await fetch(`${url}/refunds`, { method: 'POST', headers, body: JSON.stringify(sent) })).status;
}

test('it knows what it took after it was killed and started again', async () => {
  const stateFile = join(home, 'platform.json');
  const before = await start(stateFile);
  expect(await tell(before.url, refund('U1'))).toBe(200);
  // Nothing is written at its end: closing it is as good as a kill.
  await before.close();
  started.pop();
  const after = await start(stateFile);
  expect(after.refunds).toEqual([refund('U1')]);
  expect(await tell(after.url, refund('U1'))).toBe(409);
  expect(await tell(after.url, refund('U2'))).toBe(200);
  expect(after.refunds).toHaveLength(2);
});

test('an id that comes with another content is refused loudly', async () => {
  const { url, refunds } = await start();
  expect(await tell(url, refund('U1'))).toBe(200);
  expect(await tell(url, refund('U1', 'O-1', 2))).toBe(422);
  expect(refunds).toEqual([refund('U1')]);
});

test('what is not signed, signed for another body, or old is refused', async () => {
  const { url, requests } = await start();
  expect((await fetch(`${url}/refunds`, { method: 'POST', body: JSON.stringify(refund('U1')) })).status).toBe(
    401,
  );
  expect(await tell(url, refund('U1'), refund('U1', 'O-1', 99))).toBe(401);
  expect(await tell(url, refund('U1'), refund('U1'), new Date(Date.now() - 600_000))).toBe(401);
  expect(requests).toEqual([]);
});

test('it fails on order, for one order only if told so', async () => {
  const { url, behave, requests, seen } = await start();
  const told: string[] = [];
  seen.on('request', ({ id }) => told.push(id));
  behave('/refunds', ['http-500', 'take'], 'O-2');
  expect(await tell(url, refund('U1'))).toBe(200);
  expect(await tell(url, refund('U2', 'O-2'))).toBe(500);
  expect(await tell(url, refund('U2', 'O-2'))).toBe(200);
  expect(requests.map(({ did }) => did)).toEqual(['take', 'http-500', 'take']);
  expect(told).toEqual(['U1', 'U2', 'U2']);
});
