import { idempotencyKeys } from '../../db/schema';
import { viewStore } from '../../db/views';
import { sampleView } from '../db/samples';
import { StewardError } from '../../domain/errors';
import { expectProblem, orderBody, registerSeller, startRig, type Caller, type Rig } from './rig';

let rig: Rig;
let operator: Caller;
let orders = 0;
let orderId: string;

beforeAll(async () => {
  rig = await startRig();
  operator = rig.as('operator');
  await registerSeller(rig);
});
beforeEach(async () => {
  orderId = `O${++orders}`;
  rig.lines.calm();
  await rig.as('platform').place(orderBody(orderId));
});
afterAll(() => rig.close());

const data = { reason: 'The buyer asked by phone', refund: { currency: 'CNY', minor: 100 } };
const close = (key: string, body: object = data, caller = operator) =>
  caller.command(`${orderId}/close`, body, { 'idempotency-key': key });

describe('the same command under the same key', () => {
  it('takes effect once and gets the same answer', async () => {
    const first = await close('K1');
    await operator.command(`${orderId}/retry-refund`);
    const second = await close('K1');
    expect(second.status).toBe(200);
    expect(second.body).toEqual(first.body);
    expect(rig.lines.given.map(({ command }) => command)).toEqual(['close', 'retry-refund']);
  });

  it('takes effect once and gets one answer when it comes twenty times at once', async () => {
    // All of them are on their way before the first one is answered, and the line moves on all the time.
    const arrived: (() => void)[] = [];
    rig.lines.beforeCommand = () =>
      new Promise((resolve) => {
        if (arrived.push(resolve) === 20) for (const goOn of arrived) goOn();
      });
    rig.lines.afterCommand = () => rig.lines.show({ orderId, orderLineId: `${orderId}-000001` }, {});
    const answers = await Promise.all(Array.from({ length: 20 }, () => close('K2')));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(rig.lines.given).toHaveLength(1);
  });

  it('gets its first answer also after the line has ended and its run is gone', async () => {
    const first = await close('K3');
    await viewStore(rig.db).save(orderId, `${orderId}-000001`, { ...sampleView(9), node: 'ENDED' });
    rig.lines.gone = true;
    expect((await close('K3')).body).toEqual(first.body);
    expectProblem(await close('K3-fresh'), 409, 'ORDER_ENDED');
  });

  it('joins the first one when that got no answer in time', async () => {
    rig.lines.refusal = new StewardError('TRY_AGAIN');
    expectProblem(await close('K4'), 503, 'TRY_AGAIN');
    expectProblem(await close('K4', { ...data, reason: 'Another' }), 409, 'IDEMPOTENCY_KEY_REUSED');
    rig.lines.refusal = undefined;
    const [first, second] = [await close('K4'), await close('K4')];
    expect(second.body).toEqual(first.body);
    expect(rig.lines.given).toHaveLength(1);
  });

  it('joins a first one of which only the line knows: Steward stopped before it could remember', async () => {
    await close('K5');
    await rig.db.update(idempotencyKeys).set({ status: null, answerEncrypted: null });
    rig.lines.refusal = new StewardError('NOT_ALLOWED_NOW', { command: 'close', node: 'ENDED', allowed: '' });
    expect((await close('K5')).status).toBe(200);
    expect(rig.lines.given).toHaveLength(1);
  });
});

describe('another request under a known key', () => {
  it('is refused: another body', async () => {
    await close('K10');
    expectProblem(await close('K10', { ...data, reason: 'Another' }), 409, 'IDEMPOTENCY_KEY_REUSED');
    expect(rig.lines.given).toHaveLength(1);
  });

  it('is refused: another command, another order', async () => {
    const header = { 'idempotency-key': 'K11' };
    await operator.command(`${orderId}/retry-refund`, {}, header);
    const restart = await operator.command(`${orderId}/restart-call`, {}, header);
    expectProblem(restart, 409, 'IDEMPOTENCY_KEY_REUSED');
    expectProblem(await operator.command('O1/retry-refund', {}, header), 409, 'IDEMPOTENCY_KEY_REUSED');
  });

  it('is the same when only its keys are in another order', async () => {
    const first = await close('K12', { a: undefined, reason: data.reason, refund: data.refund });
    const second = await close('K12', { refund: { minor: 100, currency: 'CNY' }, reason: data.reason });
    expect(second.body).toEqual(first.body);
  });

  it('is free to another caller', async () => {
    await close('K13');
    await close('K13', data, rig.as('operator', 'operator-2'));
    const updateIds = rig.lines.given.map(({ updateId }) => updateId);
    expect(new Set(updateIds).size).toBe(2);
    expect(updateIds.join()).not.toMatch(/operator|K13/);
  });
});

describe('a refused command', () => {
  it('is not remembered: it may succeed later', async () => {
    rig.lines.refusal = new StewardError('CALL_IN_PROGRESS');
    expectProblem(await close('K20'), 409, 'CALL_IN_PROGRESS');
    rig.lines.refusal = undefined;
    expect((await close('K20')).status).toBe(200);
  });

  it('that the line had to find out is remembered like an answer', async () => {
    rig.lines.refusal = new StewardError('QUOTA_SPENT', { n: 10, year: 2026 });
    const first = expectProblem(await close('K22'), 409, 'QUOTA_SPENT');
    rig.lines.refusal = undefined;
    expect(expectProblem(await close('K22'), 409, 'QUOTA_SPENT').detail).toBe(first.detail);
    expectProblem(await close('K22', { ...data, reason: 'Less' }), 409, 'IDEMPOTENCY_KEY_REUSED');
    expect(rig.lines.given).toEqual([]);
    expect((await close('K23')).status).toBe(200);
  });

  it('frees its key', async () => {
    rig.lines.refusal = new StewardError('REFUND_TOO_LARGE', { paid: '99.00 CNY', asked: '100.00 CNY' });
    await close('K21');
    rig.lines.refusal = undefined;
    expect((await close('K21', { ...data, reason: 'Less' })).status).toBe(200);
  });
});

describe('a key', () => {
  it.each([
    ['empty', ''],
    ['too long', 'k'.repeat(256)],
    ['not printable', 'k\tk'],
  ])('that is %s is refused', async (_name, key) => {
    expect(expectProblem(await close(key), 400, 'INVALID_REQUEST').detail).toContain('idempotency-key');
  });

  it('may have 255 characters', async () => {
    expect((await close('k'.repeat(255))).status).toBe(200);
  });

  it('is not needed: each command is then a new one', async () => {
    await operator.command(`${orderId}/close`, data);
    await operator.command(`${orderId}/close`, data);
    expect(rig.lines.given).toHaveLength(2);
  });

  it('keeps answers encrypted', async () => {
    await rig.as('seller', 'S1').command(`${orderId}/restart-call`, {}, { 'idempotency-key': 'K30' });
    const [row] = (await rig.db.select().from(idempotencyKeys)).filter(({ key }) => key === 'K30');
    expect(row?.status).toBe(200);
    expect(JSON.stringify(row)).not.toMatch(/wang@|王小明|PROCESSING/);
  });
});

describe('an order under a key', () => {
  const place = (body: object, key: string) => rig.as('platform').place(body, { 'idempotency-key': key });

  it('gets its 201 again', async () => {
    const first = await place(orderBody('P1'), 'P1');
    const second = await place(orderBody('P1'), 'P1');
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(second.headers['location']).toBe('/v1/orders/P1');
  });

  it('that was 202 is looked at again', async () => {
    rig.lines.silent = true;
    expect((await place(orderBody('P2'), 'P2')).status).toBe(202);
    rig.lines.silent = false;
    expect((await place(orderBody('P2'), 'P2')).status).toBe(200);
  });

  it('that was refused can be mended', async () => {
    expectProblem(await place(orderBody('P3', [{ productId: 'P9' }]), 'P3'), 400, 'PRODUCT_NOT_READY');
    expect((await place(orderBody('P3'), 'P3')).status).toBe(201);
  });
});
