import type { OrderAnswer } from '../../domain/answers';
import { StewardError } from '../../domain/errors';
import { expectProblem, orderBody, registerSeller, startRig, type Rig } from './rig';

/** The unsubscription of bundles at the API: the order as a whole (domain.md 3.1). */

let rig: Rig;
const line = (orderLineId: string) => ({ orderLineId, delivery: 'service' });
beforeAll(async () => {
  rig = await startRig();
  await registerSeller(rig);
  const platform = rig.as('platform');
  await platform.place({ ...orderBody('PACK', [line('P-1'), line('P-2')]), bundle: true });
  await platform.place(orderBody('LOOSE', [line('L-1'), line('L-2')]));
});
beforeEach(() => {
  rig.lines.calm();
});
afterAll(() => rig.close());

const amount = (minor: number) => ({ currency: 'CNY', minor });
const WISH = {
  reason: 'We need it no more',
  lines: [
    { orderLineId: 'P-2', amount: amount(2) },
    { orderLineId: 'P-1', amount: amount(1) },
  ],
};
const REQUEST = 'PACK/request-unsubscription';
const buyer = () => rig.as('buyer', 'B1');

it('is asked for with every line, in the order of the lines, and answers with all of them', async () => {
  const { status, body } = await buyer().command(REQUEST, { ...WISH, received: false });
  expect(status).toBe(200);
  const { lines } = body as unknown as OrderAnswer;
  expect(lines.map(({ orderLineId, unsubscription }) => [orderLineId, unsubscription?.amount.minor])).toEqual(
    [
      ['P-1', 1],
      ['P-2', 2],
    ],
  );
  expect(rig.lines.bundles).toMatchObject([
    {
      ...{ orderId: 'PACK', buyerId: 'B1', reason: WISH.reason, received: false },
      lines: [
        { orderLineId: 'P-1', amount: amount(1) },
        { orderLineId: 'P-2', amount: amount(2) },
      ],
    },
  ]);
});

it('under the same key it is the same request, and has its first answer', async () => {
  const key = { 'idempotency-key': 'ask once' };
  const first = await buyer().command(REQUEST, WISH, key);
  expect(await buyer().command(REQUEST, WISH, key)).toMatchObject({ status: 200, body: first.body });
  expect(rig.lines.bundles).toHaveLength(1);
  const other = await buyer().command(REQUEST, { ...WISH, reason: 'Another' }, key);
  expectProblem(other, 409, 'IDEMPOTENCY_KEY_REUSED');
});

it.each<[string, object]>([
  ['without lines', { reason: 'No use' }],
  ['as one line', { reason: 'No use', amount: amount(1) }],
  ['with an amount beside the lines', { ...WISH, amount: amount(1) }],
  ['with a line left out', { ...WISH, lines: WISH.lines.slice(1) }],
  ['with a line twice', { ...WISH, lines: [...WISH.lines, WISH.lines[0]] }],
  [
    'with a line of another order',
    { ...WISH, lines: [...WISH.lines, { orderLineId: 'L-1', amount: amount(1) }] },
  ],
])('%s it is refused', async (_name, body) => {
  expectProblem(await buyer().command(REQUEST, body), 400, 'INVALID_REQUEST');
  expect(rig.lines.bundles).toEqual([]);
});

it('orders that are no bundle take it line by line', async () => {
  const lines = [{ orderLineId: 'L-1', amount: amount(1) }];
  const whole = await buyer().command('LOOSE/request-unsubscription', { reason: 'No use', lines });
  expectProblem(whole, 400, 'INVALID_REQUEST');
  const single = { reason: 'No use', amount: amount(1) };
  const unnamed = await buyer().command('LOOSE/request-unsubscription', single);
  expectProblem(unnamed, 400, 'LINE_REQUIRED');
  expect((await buyer().command('LOOSE/lines/L-1/request-unsubscription', single)).status).toBe(200);
  expect(rig.lines.bundles).toEqual([]);
});

it("a line's refusal keeps its code, and its detail names the line", async () => {
  rig.lines.refusal = new StewardError('TRIAL_NOT_REFUNDABLE', { line: 'P-2' });
  const refused = await buyer().command(REQUEST, WISH);
  expectProblem(refused, 409, 'TRIAL_NOT_REFUNDABLE');
  expect(refused.text).toContain('Order line P-2: A trial order cannot be unsubscribed');
});

it("a line's refusal is the answer for good under its key, also when the line is of another mind by then", async () => {
  const key = { 'idempotency-key': 'ask of a trial' };
  rig.lines.refusal = new StewardError('TRIAL_NOT_REFUNDABLE', { line: 'P-2' });
  const first = await buyer().command(REQUEST, WISH, key);
  rig.lines.refusal = undefined;
  const late = await buyer().command(REQUEST, WISH, key);
  expect(expectProblem(late, 409, 'TRIAL_NOT_REFUNDABLE').detail).toBe(
    expectProblem(first, 409, 'TRIAL_NOT_REFUNDABLE').detail,
  );
  expect(rig.lines.bundles).toEqual([]);
  expect((await buyer().command(REQUEST, WISH, { 'idempotency-key': 'again' })).status).toBe(200);
});

it('what no line has said no to may be sent again under its key', async () => {
  const key = { 'idempotency-key': 'ask when nobody answers' };
  rig.lines.refusal = new StewardError('TRY_AGAIN');
  expectProblem(await buyer().command(REQUEST, WISH, key), 503, 'TRY_AGAIN');
  rig.lines.refusal = undefined;
  expect((await buyer().command(REQUEST, WISH, key)).status).toBe(200);
});

it.each(['saas', 'image'])(
  'with a line delivered as %s there is none: it is refused whole',
  async (delivery) => {
    const other = { orderLineId: 'N-2', delivery, ...(delivery === 'image' && { assetVersion: '1.0' }) };
    const order = { ...orderBody(`NOT-${delivery}`, [line('N-1'), other]), bundle: true };
    const answer = await rig.as('platform').place(order);
    expect(expectProblem(answer, 400, 'DELIVERY_NOT_SUPPORTED').detail).toBe(
      `Delivery ${delivery} cannot be part of a bundle yet`,
    );
    expectProblem(await rig.as('platform').order(order.orderId), 404, 'NOT_FOUND');
  },
);

it('is withdrawn for all lines, again without harm; with nothing asked for it is refused', async () => {
  expectProblem(await buyer().command('PACK/withdraw-unsubscription'), 409, 'NOT_ALLOWED_NOW');
  await buyer().command(REQUEST, WISH);
  const statuses = async () => {
    const { status, body } = await buyer().command('PACK/withdraw-unsubscription');
    const { lines } = body as unknown as OrderAnswer;
    return [status, ...lines.map(({ unsubscription }) => unsubscription?.status)];
  };
  expect(await statuses()).toEqual([200, 'WITHDRAWN', 'WITHDRAWN']);
  rig.lines.bundles.length = 0;
  expect(await statuses()).toEqual([200, 'WITHDRAWN', 'WITHDRAWN']);
});

it('is not for other parties', async () => {
  expectProblem(await rig.as('seller', 'S1').command(REQUEST, WISH), 403, 'FORBIDDEN');
  expectProblem(await rig.as('buyer', 'B2').command(REQUEST, WISH), 404, 'NOT_FOUND');
  expect(rig.lines.bundles).toEqual([]);
});
