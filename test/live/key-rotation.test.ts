import { sql } from 'drizzle-orm';
import { Worker } from '@temporalio/worker';
import { issueToken } from '../../api/token';
import { keyUsage } from '../../db/key-usage';
import { Keyring } from '../../db/keyring';
import { reencrypt } from '../../db/reencrypt';
import { orderLineWorkflowId } from '../../domain/ids';
import { workflowBundle } from '../support/history-checks';
import { eventually } from '../support/eventually';
import { TEST_CODEC_KEYS, WEBHOOK_SECRET } from '../support/keys';
import { LiveRig } from '../support/live-rig';
import { SECRETS } from '../support/orders';
import { TEST_AUTH } from '../support/parties';

/** Each secret is changed while orders are open, as docs/keys.md tells, and in the wrong order. */
let rig: LiveRig;

beforeAll(async () => {
  rig = await LiveRig.start({ windows: 'standard' });
});
afterAll(() => rig.end());

const base64 = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const master = (text: string) => Keyring.parse('STEWARD_MASTER_KEYS', text);
const codec = (text: string) => Keyring.parse('STEWARD_CODEC_KEYS', text);

/** A line whose first call failed; the next is due in an hour. */
async function placeWaiting(): Promise<string> {
  const orderId = await rig.place(['000005', 'open']);
  await rig.until(orderId, ({ log }) => log.length === 2);
  return orderId;
}

const restart = (orderId: string, party = rig.as('operator')) =>
  party.post<{ code?: string; detail?: string }>(`/orders/${orderId}/restart-call`, {});

async function goesOn(orderId: string): Promise<void> {
  expect(await restart(orderId)).toMatchObject({ status: 200 });
  expect(await rig.ended(orderId)).toMatchObject({ status: 'COMPLETED' });
  expect(rig.instances(orderId)).toHaveLength(1);
}

test("a seller's access key: the newest signs, the one before is tried for a day", async () => {
  const NEW = 'the-next-access-key-0123456789abcdef';
  const [first, second, third] = [await placeWaiting(), await placeWaiting(), await placeWaiting()];
  const { accessKey: old } = SECRETS;
  const seller = { name: 'Seller', email: 'seller@seller.example', language: 'zh' } as const;
  await rig.as('platform').client.putSeller('seller-1', { ...seller, accessKey: NEW });

  // The seller still verifies with the old one.
  await goesOn(first);
  expect(rig.creates(first).map(({ did }) => did)).toEqual(['000005', '000001', 'open']);

  // It has changed its own: nothing is refused any more.
  rig.seller.useKey(NEW);
  await goesOn(second);
  expect(rig.creates(second).map(({ did }) => did)).toEqual(['000005', 'open']);

  // A day later the old one is not tried: who forgot to change sees it, and the order waits.
  rig.seller.useKey(old);
  await rig.runtime.database.db.execute(
    sql`update sellers set key_changed_at = key_changed_at - interval '25 hours'`,
  );
  await restart(third);
  const waits = await rig.until(third, ({ log }) => log.length === 4);
  expect(waits).toMatchObject({ node: 'OPENING', status: 'PROCESSING' });
  expect(waits.log.at(-1)?.note).toMatch(/000001/);
  rig.seller.useKey(NEW);
  await goesOn(third);
});

test('master keys: readable first, then first, then everything moved, then the old one dropped', async () => {
  const OLD = `test:${base64(7)}`;
  const NEXT = `next:${base64(8)}`;
  const waiting = await placeWaiting();
  const licensed = await rig.place(['open'], { delivery: 'license-code' });
  await rig.as('seller').post(`/orders/${licensed}/deliver`, {});
  await rig.until(licensed, ({ node }) => node === 'CLAIMING');

  await rig.restartWith({ master: master(`${OLD},${NEXT}`) });
  await rig.restartWith({ master: master(`${NEXT},${OLD}`) });
  expect(await rig.as('buyer').post(`/orders/${licensed}/claim-license`, {})).toMatchObject({ status: 200 });

  // Dropped too early: it is named, nothing is called, and the line waits.
  await rig.restartWith({ master: master(NEXT) });
  const creates = rig.creates(waiting).length;
  expect(await restart(waiting)).toMatchObject({ status: 200 });
  await eventually(
    () => Promise.resolve(rig.log()),
    (log) => log.includes('Setting STEWARD_MASTER_KEYS has no key test'),
  );
  expect(rig.creates(waiting)).toHaveLength(creates);
  const problem = await rig
    .as('buyer')
    .client.getOrder(licensed)
    .catch((error: unknown) => error);
  expect(problem).toMatchObject({ status: 500 });
  await rig.restartWith({ master: master(`${NEXT},${OLD}`) });
  expect(await rig.ended(waiting)).toMatchObject({ status: 'COMPLETED' });
  expect(rig.instances(waiting)).toHaveLength(1);

  // Moved while everything runs, then dropped.
  const { db } = rig.runtime.database;
  expect(await reencrypt(db, master(`${NEXT},${OLD}`), { pageSize: 2 })).toMatchObject({ unreadable: [] });
  expect(new Set((await keyUsage(db)).map(({ keyId }) => keyId))).toEqual(new Set(['next']));
  await rig.restartWith({ master: master(NEXT) });
  const [line] = (await rig.as('buyer').client.getOrder(licensed)).lines;
  expect(line?.licenseCode).toMatch(/^\w{4}(-\w{4}){7}$/);
  const activated = await rig.as('seller').post('/licenses/activate', { license: line?.licenseCode });
  expect(activated).toMatchObject({ status: 200 });
  await goesOn(await placeWaiting());
});

test('codec keys: a worker that lacks one waits for it, and loses nothing', async () => {
  const NEXT = `next:${base64(9)}`;
  const waiting = await placeWaiting();

  // The API writes with the new key before the worker can read it.
  await rig.restartWith({ codec: codec(`${NEXT},${TEST_CODEC_KEYS}`) }, ['api']);
  const order = rig.newOrder(['open']);
  const placed = await rig.as('platform').post('/orders', order);
  expect(placed.status).toBe(202);
  await rig.restartWith({ codec: codec(TEST_CODEC_KEYS) });
  await eventually(
    () => Promise.resolve(rig.log()),
    (log) => log.includes('Setting STEWARD_CODEC_KEYS has no key next'),
  );
  expect(rig.creates(order.orderId)).toEqual([]);

  // As it should have been done: readable everywhere, then first.
  await rig.restartWith({ codec: codec(`${TEST_CODEC_KEYS},${NEXT}`) });
  expect(await rig.ended(order.orderId)).toMatchObject({ status: 'COMPLETED' });
  expect(rig.instances(order.orderId)).toHaveLength(1);
  await rig.restartWith({ codec: codec(`${NEXT},${TEST_CODEC_KEYS}`) });
  await goesOn(waiting);

  // What began under the new key needs the old one no more, and both histories replay with their keys.
  const young = await placeWaiting();
  await replays(waiting);
  await rig.restartWith({ codec: codec(NEXT) });
  await goesOn(young);
  await replays(young);
  await expect(replays(waiting)).rejects.toThrow('due workflow task failure');
});

async function replays(orderId: string): Promise<void> {
  const { dataConverter } = rig.runtime;
  const options = { workflowBundle: await workflowBundle(), dataConverter };
  const workflowId = orderLineWorkflowId(orderId, `${orderId}-000001`);
  for (const history of await rig.histories(orderId)) {
    await Worker.runReplayHistory(options, history, workflowId);
  }
}

test('secrets of tokens: both are taken until the old one is dropped', async () => {
  const NEXT = 'the-next-secret-of-more-than-32-bytes';
  const { secret: old } = TEST_AUTH;
  const operator = { ...TEST_AUTH, role: 'operator', sub: 'operator-1', ttl: 600 } as const;
  const orderId = await placeWaiting();

  await rig.restartWith({ auth: { secret: `${old},${NEXT}` } });
  const younger = await issueToken({ ...operator, secret: `${NEXT},${old}` });
  expect((await rig.withToken(younger).client.getOrder(orderId)).lines).toHaveLength(1);
  await rig.restartWith({ auth: { secret: `${NEXT},${old}` } });
  expect((await rig.as('operator').client.getOrder(orderId)).lines).toHaveLength(1);

  await rig.restartWith({ auth: { secret: NEXT } });
  expect(await restart(orderId)).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
  expect(await restart(orderId, rig.withToken(younger))).toMatchObject({ status: 200 });
  await rig.restartWith({ auth: { secret: old } });
  expect(await rig.ended(orderId)).toMatchObject({ status: 'COMPLETED' });
});

test('the secret of webhooks: each request is signed with both, so the platform changes when it likes', async () => {
  const NEXT = `whsec_${base64(6)}`;
  const close = { reason: 'By phone', refund: { currency: 'CNY', minor: 1 } };
  const [before, after] = [await placeWaiting(), await placeWaiting()];
  await rig.restartWith({ webhookSecret: `${NEXT},${WEBHOOK_SECRET}` });
  await rig.as('operator').post(`/orders/${before}/close`, close);
  await rig.ended(before);
  rig.platform.useSecret(NEXT);
  await rig.restartWith({ webhookSecret: NEXT });
  await rig.as('operator').post(`/orders/${after}/close`, close);
  await rig.ended(after);
  for (const orderId of [before, after])
    expect(rig.refunds(orderId)).toMatchObject([{ amount: { minor: 1 } }]);
});
