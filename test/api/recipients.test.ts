import { eq } from 'drizzle-orm';
import { idempotencyKeys, recipients } from '../../db/schema';
import { viewStore } from '../../db/views';
import { StewardError } from '../../domain/errors';
import { ORDERED_ADDRESS } from '../../domain/logistics';
import { sampleView } from '../db/samples';
import { expectProblem, orderBody, RECIPIENT, registerSeller, startRig, type Caller, type Rig } from './rig';

/** To whom goods go: placed with the order, changed by the buyer, read by seller and buyer. */

let rig: Rig;
let platform: Caller;
let buyer: Caller;
let seller: Caller;
let count = 0;
beforeAll(async () => {
  rig = await startRig();
  await registerSeller(rig);
  platform = rig.as('platform');
  buyer = rig.as('buyer', 'B1');
  seller = rig.as('seller', 'S1');
});
beforeEach(() => {
  rig.lines.calm();
});
afterAll(() => rig.close());

const OTHER = { name: '王五', phone: '010-12345678', address: '北京市朝阳区 8 号' };
const lineOf = (orderId: string) => ({ orderId, orderLineId: `${orderId}-000001` });
const NOT_NOW = new StewardError('NOT_ALLOWED_NOW', { command: 'change-address', node: 'x', allowed: 'y' });
/** The addresses that are kept of an order. */
const keptOf = async (orderId: string) => {
  const rows = await rig.db.select().from(recipients).where(eq(recipients.orderId, orderId));
  return rows.map(({ addressId }) => addressId);
};
const shown = async (caller: Caller, orderId: string) => (await caller.order(orderId)).body.lines[0]!;

async function placed(): Promise<string> {
  const orderId = `G${(count += 1)}`;
  expect((await platform.place(orderBody(orderId, [{ delivery: 'hardware' }]))).status).toBe(201);
  return orderId;
}

/** Gives the command and lets the line say what its workflow would. */
async function change(orderId: string, to: object, headers?: Record<string, string>) {
  const before = rig.lines.given.length;
  rig.lines.afterCommand = async () => {
    const { addressId } = rig.lines.given[before]!.request.data as { addressId: string };
    await rig.lines.show(lineOf(orderId), { addressId, addressChanges: 1 });
  };
  return buyer.command(`${orderId}/change-address`, to, headers);
}

test('goods without a recipient are not taken; what is not shipped needs none', async () => {
  const body = orderBody('G-NOBODY', [{ delivery: 'hardware', recipient: undefined }]);
  const { detail } = expectProblem(await platform.place(body), 400, 'INVALID_REQUEST');
  expect(detail).toContain('recipient');
  expectProblem(await platform.order('G-NOBODY'), 404, 'NOT_FOUND');
  expect((await platform.place(orderBody('G-SERVICE', [{ delivery: 'service' }]))).status).toBe(201);
  expect(await shown(seller, 'G-SERVICE')).not.toHaveProperty('recipient');
});

test('seller and buyer see to whom the goods go, nobody else, and no list', async () => {
  const orderId = await placed();
  expect(await shown(seller, orderId)).toMatchObject({ recipient: RECIPIENT });
  expect(await shown(buyer, orderId)).toMatchObject({ recipient: RECIPIENT });
  for (const caller of [platform, rig.as('operator')]) {
    expect((await caller.order(orderId)).text).not.toContain(RECIPIENT.phone);
  }
  for (const caller of [seller, buyer]) expect((await caller.orders()).text).not.toContain(RECIPIENT.phone);
});

test('a changed address reaches the line as an id only, and seller and buyer as what it is', async () => {
  const orderId = await placed();
  const { status, body } = await change(orderId, OTHER);
  expect(status).toBe(200);
  expect(body.recipient).toEqual(OTHER);
  expect(body.addressChanges).toBe(1);
  const [{ request, updateId }] = rig.lines.given as [(typeof rig.lines.given)[0]];
  expect(request).toEqual({ by: { role: 'buyer', sub: 'B1' }, data: { addressId: updateId } });
  expect(await shown(seller, orderId)).toMatchObject({ recipient: OTHER, addressChanges: 1 });
});

test('a change that the line refuses changes nothing that anybody sees, and is not kept', async () => {
  const orderId = await placed();
  rig.lines.refusal = NOT_NOW;
  expectProblem(await buyer.command(`${orderId}/change-address`, OTHER), 409, 'NOT_ALLOWED_NOW');
  rig.lines.refusal = undefined;
  expect(await shown(seller, orderId)).toMatchObject({ recipient: RECIPIENT });
  expect(await keptOf(orderId)).toEqual([ORDERED_ADDRESS]);
});

test('a line that has ended keeps no address either', async () => {
  const orderId = await placed();
  await viewStore(rig.db).save(orderId, `${orderId}-000001`, { ...sampleView(9), node: 'ENDED' });
  rig.lines.gone = true;
  expectProblem(await buyer.command(`${orderId}/change-address`, OTHER), 409, 'ORDER_ENDED');
  expect(await keptOf(orderId)).toEqual([ORDERED_ADDRESS]);
});

test('an address of which nobody knows whether it was taken stays', async () => {
  const orderId = await placed();
  const key = { 'idempotency-key': 'C3' };
  const repeat = () => buyer.command(`${orderId}/change-address`, OTHER, key);
  rig.lines.refusal = new StewardError('TRY_AGAIN');
  expectProblem(await repeat(), 503, 'TRY_AGAIN');
  rig.lines.refusal = NOT_NOW;
  expectProblem(await repeat(), 409, 'NOT_ALLOWED_NOW');
  expect(await keptOf(orderId)).toHaveLength(2);
});

test('an address in use stays when its change comes again and is refused', async () => {
  const orderId = await placed();
  const key = { 'idempotency-key': 'C4' };
  await change(orderId, OTHER, key);
  // Its answer got lost, and so many commands came after it that the line has forgotten it.
  await rig.db.delete(idempotencyKeys).where(eq(idempotencyKeys.key, 'C4'));
  rig.lines.beforeCommand = () => Promise.reject(NOT_NOW);
  expectProblem(await buyer.command(`${orderId}/change-address`, OTHER, key), 409, 'NOT_ALLOWED_NOW');
  expect(await shown(seller, orderId)).toMatchObject({ recipient: OTHER });
});

test('what is not shipped has no address to change: none is kept', async () => {
  const orderId = `G${(count += 1)}`;
  await platform.place(orderBody(orderId, [{ delivery: 'service' }]));
  // The worst case: the line is not there to refuse it.
  rig.lines.refusal = new StewardError('TRY_AGAIN');
  expectProblem(await buyer.command(`${orderId}/change-address`, OTHER), 503, 'TRY_AGAIN');
  expect(await keptOf(orderId)).toEqual([]);
});

test('two changes: the one counts that the line names, whatever came last into SQL', async () => {
  const orderId = await placed();
  await change(orderId, OTHER);
  const [{ updateId }] = rig.lines.given as [(typeof rig.lines.given)[0]];
  await change(orderId, { ...OTHER, name: '赵六' });
  expect(await shown(seller, orderId)).toMatchObject({ recipient: { name: '赵六' } });
  await rig.lines.show(lineOf(orderId), { addressId: updateId });
  expect(await shown(seller, orderId)).toMatchObject({ recipient: OTHER });
});

test('under one Idempotency-Key a change is one change', async () => {
  const orderId = await placed();
  const key = { 'idempotency-key': 'C1' };
  const first = await change(orderId, OTHER, key);
  expect(await change(orderId, OTHER, key)).toMatchObject({ status: 200, body: first.body });
  expect(rig.lines.given).toHaveLength(1);
  expectProblem(await change(orderId, RECIPIENT, key), 409, 'IDEMPOTENCY_KEY_REUSED');
});

test.each([
  ['no phone', { phone: undefined }],
  ['a phone with letters', { phone: 'call me' }],
  ['an empty address', { address: ' ' }],
  ['an address of two lines', { address: 'a\nb' }],
  ['an id of its own', { addressId: '0' }],
])('an address with %s is refused', async (_what, about) => {
  const orderId = await placed();
  expectProblem(
    await buyer.command(`${orderId}/change-address`, { ...OTHER, ...about }),
    400,
    'INVALID_REQUEST',
  );
  expect(rig.lines.given).toEqual([]);
});

test('another buyer’s order gets no address', async () => {
  const orderId = await placed();
  const before = (await rig.db.select().from(recipients)).length;
  expectProblem(await rig.as('buyer', 'B2').command(`${orderId}/change-address`, OTHER), 404, 'NOT_FOUND');
  expectProblem(await seller.command(`${orderId}/change-address`, OTHER), 403, 'FORBIDDEN');
  expect(await rig.db.select().from(recipients)).toHaveLength(before);
});

test('no recipient is in logs, ids, kept answers or what lines are given', async () => {
  const orderId = await placed();
  await change(orderId, OTHER, { 'idempotency-key': 'C2' });
  const told = [rig.logged, rig.lines.given, rig.lines.opened];
  const kept = [await rig.db.select().from(idempotencyKeys), await rig.db.select().from(recipients)];
  expect(JSON.stringify(kept)).toContain('C2');
  for (const secret of [...Object.values(OTHER), ...Object.values(RECIPIENT)]) {
    expect(JSON.stringify([told, kept])).not.toContain(secret);
  }
});
