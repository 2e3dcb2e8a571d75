import { viewStore } from '../../db/views';
import { sampleView } from '../db/samples';
import { StewardError, type ErrorCode, type ErrorParams } from '../../domain/errors';
import { expectProblem, orderBody, registerSeller, startRig, type Caller, type Rig } from './rig';

let rig: Rig;
let operator: Caller;
beforeAll(async () => {
  rig = await startRig();
  operator = rig.as('operator');
  await registerSeller(rig);
  const platform = rig.as('platform');
  await platform.place(orderBody('ONE'));
  await platform.place(orderBody('TWO', [{ orderLineId: 'TWO-A' }, { orderLineId: 'TWO-B' }]));
});
beforeEach(() => {
  rig.lines.calm();
});
afterAll(() => rig.close());

const close = { reason: 'The buyer asked by phone', refund: { currency: 'CNY', minor: 100 } };

describe('a command', () => {
  it('reaches its line with who gave it, and answers with the new view', async () => {
    const before = (await operator.order('ONE')).body.lines[0];
    const answer = await operator.command('ONE/close', close);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ orderLineId: 'ONE-000001', revision: before!.revision + 1 });
    expect(rig.lines.given).toMatchObject([
      {
        line: { orderId: 'ONE', orderLineId: 'ONE-000001' },
        command: 'close',
        request: { by: { role: 'operator', sub: 'operator-1' }, data: close },
      },
    ]);
  });

  it('may name the line, and has to when there are several', async () => {
    expect((await operator.command('TWO/lines/TWO-B/close', close)).body.orderLineId).toBe('TWO-B');
    const { detail } = expectProblem(await operator.command('TWO/close', close), 400, 'LINE_REQUIRED');
    expect(detail).toContain('/v1/orders/TWO/lines/LINE/close');
    expectProblem(await operator.command('TWO/lines/TWO-C/close', close), 404, 'NOT_FOUND');
    expect(rig.lines.given).toHaveLength(1);
  });

  it('needs no body when it has no data', async () => {
    expect((await operator.command('ONE/retry-refund')).status).toBe(200);
    expect((await rig.as('seller', 'S1').command('ONE/restart-call')).status).toBe(200);
    expect(rig.lines.given.map(({ request }) => request.data)).toEqual([{}, {}]);
  });

  it.each([
    ['close', { reason: 'x' }],
    ['close', { ...close, refund: { currency: 'CNY', minor: -1 } }],
    ['close', { ...close, reason: '   ' }],
    ['close', { ...close, status: 'COMPLETED' }],
    ['confirm-release', {}],
    ['record-refund', { reason: 'two\nlines' }],
    ['retry-refund', { refundId: 'R2' }],
    ['restart-call', { activity: 'freezeInstance' }],
  ])('with data that does not fit reaches no line: %s %j', async (command, data) => {
    expectProblem(await operator.command(`ONE/${command}`, data), 400, 'INVALID_REQUEST');
    expect(rig.lines.given).toEqual([]);
  });

  it('needs its role', async () => {
    const { detail } = expectProblem(
      await rig.as('seller', 'S1').command('ONE/close', close),
      403,
      'FORBIDDEN',
    );
    expect(detail).toContain('operator');
    expectProblem(await rig.as('buyer', 'B1').command('ONE/restart-call'), 403, 'FORBIDDEN');
    expectProblem(await rig.as('platform').command('ONE/retry-refund'), 403, 'FORBIDDEN');
    expect(rig.lines.given).toEqual([]);
  });

  it('of another party finds no order', async () => {
    expectProblem(await rig.as('seller', 'S2').command('ONE/restart-call'), 404, 'NOT_FOUND');
    expectProblem(await operator.command('NONE/close', close), 404, 'NOT_FOUND');
    expect(rig.lines.given).toEqual([]);
  });

  it('answers with its own result when the registry has not caught up', async () => {
    rig.lines.deaf = true;
    const answer = await operator.command('TWO/lines/TWO-A/close', close);
    expect(answer.body.revision).toBe(2);
  });
});

describe('a refusal of the line', () => {
  const refusals: [ErrorCode, number, ErrorParams][] = [
    ['NOT_ALLOWED_NOW', 409, { command: 'close', node: 'REFUNDING', allowed: 'nothing' }],
    ['CALL_IN_PROGRESS', 409, {}],
    ['WRONG_ACTIVITY', 409, { node: 'OPENING', due: 'newInstance', activity: 'releaseInstance' }],
    ['TOO_MANY_RESTARTS', 429, { n: 10, at: '2026-11-23 18:00:00 (UTC+8)' }],
    ['REFUND_TOO_LARGE', 409, { paid: '99.00 CNY', asked: '100.00 CNY' }],
    ['CURRENCY_MISMATCH', 409, { paid: 'CNY', asked: 'USD' }],
    ['ORDER_ENDED', 409, { orderLineId: 'ONE-000001' }],
    ['TRY_AGAIN', 503, {}],
  ];
  it.each(refusals)('reaches the caller as %s', async (code, status, params) => {
    rig.lines.refusal = new StewardError(code, params);
    const answer = await operator.command('ONE/close', close);
    const { detail } = expectProblem(answer, status, code);
    for (const value of Object.values(params)) expect(detail).toContain(String(value));
  });

  it('tells when to try again', async () => {
    rig.lines.refusal = new StewardError('TRY_AGAIN');
    expect((await operator.command('ONE/close', close)).headers['retry-after']).toBe('1');
  });

  it('that is a bug says nothing of itself', async () => {
    rig.lines.refusal = new Error('cannot read properties of undefined');
    const answer = await operator.command('ONE/close', close);
    expectProblem(answer, 500, 'INTERNAL');
    expect(answer.text).not.toContain('undefined');
  });
});

describe('a line that runs no more', () => {
  it('has ended when the registry says so', async () => {
    await rig.as('platform').place(orderBody('ENDED'));
    await viewStore(rig.db).save('ENDED', 'ENDED-000001', { ...sampleView(9), node: 'ENDED' });
    rig.lines.gone = true;
    expectProblem(await operator.command('ENDED/close', close), 409, 'ORDER_ENDED');
  });

  it('did not begin yet otherwise', async () => {
    rig.lines.gone = true;
    expectProblem(await operator.command('ONE/close', close), 503, 'TRY_AGAIN');
  });
});
