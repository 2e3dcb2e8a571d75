import { viewStore } from '../../db/views';
import { StewardError } from '../../domain/errors';
import { sampleShipment, sampleView } from '../db/samples';
import { expectProblem, orderBody, registerSeller, startRig, type Caller, type Rig } from './rig';

/** `POST /v1/logistics-events`: what carriers push. */

let rig: Rig;
let carrier: Caller;
let count = 0;
beforeAll(async () => {
  rig = await startRig();
  await registerSeller(rig);
  carrier = rig.as('carrier');
});
beforeEach(() => {
  rig.lines.calm();
});
afterAll(() => rig.close());

const AT = '2026-11-20T18:00:00+08:00';
const lineOf = (orderId: string) => ({ orderId, orderLineId: `${orderId}-000001` });
const nextNumber = () => `SF-${String((count += 1)).padStart(8, '0')}`;
const event = (trackingNumber: string, about: object = {}) => ({
  ...{ carrier: 'shunfeng', trackingNumber, state: 'SIGNED', at: AT },
  ...about,
});

/** An order whose goods are in a parcel. */
async function shipped(trackingNumber = nextNumber()) {
  const orderId = `L${(count += 1)}`;
  await rig.as('platform').place(orderBody(orderId, [{ delivery: 'hardware' }]));
  const view = { ...sampleView(5), shipment: sampleShipment(trackingNumber) };
  await viewStore(rig.db).save(orderId, `${orderId}-000001`, view);
  return { orderId, trackingNumber };
}

test('an event reaches the line of the parcel, with who tells it and in milliseconds', async () => {
  const { orderId, trackingNumber } = await shipped();
  const { status, body } = await carrier.tellParcel(event(trackingNumber));
  expect({ status, body }).toEqual({ status: 200, body: { lines: 1 } });
  expect(rig.lines.learned).toMatchObject([
    {
      line: lineOf(orderId),
      event: {
        ...{ by: { role: 'carrier', sub: 'carrier-1' }, carrier: 'shunfeng', trackingNumber },
        ...{ state: 'SIGNED', at: Date.parse(AT) },
      },
    },
  ]);
});

test('all lines that are in the parcel are told but those that have ended; the carrier learns how many', async () => {
  const { orderId: first, trackingNumber } = await shipped();
  const { orderId: second } = await shipped(trackingNumber);
  const { orderId: third } = await shipped(trackingNumber);
  rig.lines.refusals.set(
    `${second}/${second}-000001`,
    new StewardError('ORDER_ENDED', { orderLineId: second }),
  );
  const { status, body, text } = await carrier.tellParcel(event(trackingNumber));
  expect({ status, body }).toEqual({ status: 200, body: { lines: 2 } });
  for (const orderId of [first, third]) expect(text).not.toContain(orderId);
  rig.lines.gone = true;
  expect((await carrier.tellParcel(event(trackingNumber))).body).toEqual({ lines: 0 });
});

test('when one line does not answer the carrier has to tell it again, and no other line is told twice', async () => {
  const { trackingNumber, orderId } = await shipped();
  const { orderId: silent } = await shipped(trackingNumber);
  rig.lines.refusals.set(`${silent}/${silent}-000001`, new StewardError('TRY_AGAIN'));
  const key = { 'idempotency-key': 'AGAIN' };
  expectProblem(await carrier.tellParcel(event(trackingNumber), key), 503, 'TRY_AGAIN');
  rig.lines.refusals.clear();
  const { body } = await carrier.tellParcel(event(trackingNumber), key);
  expect(body.lines).toBe(2);
  expect(rig.lines.learned.map(({ line }) => line.orderId).sort()).toEqual([orderId, silent].sort());
});

test('a parcel of nobody is not found, and so is one that a line had before', async () => {
  const { orderId, trackingNumber } = await shipped();
  expectProblem(await carrier.tellParcel(event(nextNumber())), 404, 'NOT_FOUND');
  expectProblem(await carrier.tellParcel(event(trackingNumber, { carrier: 'yunda' })), 404, 'NOT_FOUND');
  const corrected = { ...sampleView(6), shipment: sampleShipment(nextNumber()) };
  await viewStore(rig.db).save(orderId, `${orderId}-000001`, corrected);
  const { detail } = expectProblem(await carrier.tellParcel(event(trackingNumber)), 404, 'NOT_FOUND');
  expect(detail).toContain(`parcel shunfeng ${trackingNumber}`);
  expect(rig.lines.learned).toEqual([]);
});

test('what has not happened yet is refused; a clock that is a little ahead is not', async () => {
  const { trackingNumber } = await shipped();
  const ahead = (ms: number) => event(trackingNumber, { at: new Date(Date.now() + ms).toISOString() });
  expectProblem(await carrier.tellParcel(ahead(10 * 60_000)), 400, 'INVALID_REQUEST');
  expect(rig.lines.learned).toEqual([]);
  expect((await carrier.tellParcel(ahead(2 * 60_000))).status).toBe(200);
});

test.each([
  ['an unknown state', { state: 'LOST' }],
  ['a time without offset', { at: '2026-11-20T18:00:00' }],
  ['no time', { at: 'yesterday' }],
  ['a carrier that is no code', { carrier: 'Shun Feng' }],
  ['a number that is none', { trackingNumber: "1' or 1=1" }],
  ['more than an event', { orderId: 'L1' }],
])('%s is refused', async (_what, about) => {
  const { trackingNumber } = await shipped();
  expectProblem(await carrier.tellParcel(event(trackingNumber, about)), 400, 'INVALID_REQUEST');
  expect(rig.lines.learned).toEqual([]);
});

test('under one Idempotency-Key an event is one event', async () => {
  const { trackingNumber } = await shipped();
  const key = { 'idempotency-key': 'E1' };
  const first = await carrier.tellParcel(event(trackingNumber), key);
  expect(await carrier.tellParcel(event(trackingNumber), key)).toMatchObject({
    status: 200,
    body: first.body,
  });
  expect(rig.lines.learned).toHaveLength(1);
  const other = event(trackingNumber, { state: 'RETURNED' });
  expectProblem(await carrier.tellParcel(other, key), 409, 'IDEMPOTENCY_KEY_REUSED');
});

test.each(['platform', 'seller', 'buyer', 'operator'] as const)('role %s tells nothing', async (role) => {
  const { trackingNumber } = await shipped();
  expectProblem(await rig.as(role).tellParcel(event(trackingNumber)), 403, 'FORBIDDEN');
  expect(rig.lines.learned).toEqual([]);
});
