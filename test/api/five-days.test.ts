import { getOrder } from '../../db/order-lines';
import { viewStore } from '../../db/views';
import type { LineView } from '../../domain/order-line';
import { sampleView } from '../db/samples';
import { expectProblem, orderBody, registerSeller, startRig, type Caller, type Rig } from './rig';

/** Images, and what unsubscribing without reason looks like from outside (domain.md 2.8, 3.1). */

const UNTIL = Date.parse('2026-11-28T10:00:00+08:00');
const OVER: Partial<LineView> = { status: 'COMPLETED', node: 'ENDED', allowed: [], fiveDaysUntil: UNTIL };

let rig: Rig;
let buyer: Caller;
beforeAll(async () => {
  rig = await startRig();
  buyer = rig.as('buyer', 'B1');
  await registerSeller(rig);
});
beforeEach(() => rig.lines.calm());
afterAll(() => rig.close());

const place = (orderId: string, line: object = {}) => rig.as('platform').place(orderBody(orderId, [line]));

describe('a line in its five days', () => {
  const open: Partial<LineView> = {
    revision: 7,
    status: 'COMPLETED',
    node: 'FIVE_DAYS',
    waitingFor: 'nobody',
    allowed: [{ command: 'unsubscribe', roles: ['buyer'] }],
    dueAt: UNTIL,
    fiveDaysUntil: UNTIL,
  };

  it('says until when, and takes the command of its buyer only, with or without a reason', async () => {
    await place('OPEN');
    await rig.lines.show({ orderId: 'OPEN', orderLineId: 'OPEN-000001' }, open);
    expect((await buyer.order('OPEN')).body.lines[0]).toMatchObject({
      node: 'FIVE_DAYS',
      nodeName: { en: 'Five days without reason', zh: '5天无理由退订期' },
      dueAt: '2026-11-28T10:00:00.000+08:00',
      fiveDaysUntil: '2026-11-28T10:00:00.000+08:00',
      assetVersion: null,
    });
    expectProblem(await rig.as('seller', 'S1').command('OPEN/unsubscribe'), 403, 'FORBIDDEN');
    expectProblem(await rig.as('buyer', 'B2').command('OPEN/unsubscribe'), 404, 'NOT_FOUND');
    expectProblem(await buyer.command('OPEN/unsubscribe', { reason: '' }), 400, 'INVALID_REQUEST');
    expect((await buyer.command('OPEN/unsubscribe')).status).toBe(200);
    expect((await buyer.command('OPEN/unsubscribe', { reason: 'Too slow' })).status).toBe(200);
    expect(rig.lines.given.map(({ request }) => request.data)).toEqual([{}, { reason: 'Too slow' }]);
  });

  it('is found by its node', async () => {
    await viewStore(rig.db).save('OPEN', 'OPEN-000001', { ...sampleView(9), ...open, revision: 9 });
    const { body } = await buyer.orders('?node=FIVE_DAYS&status=COMPLETED');
    expect(body.items.map(({ orderId }) => orderId)).toEqual(['OPEN']);
  });
});

describe('a line whose run is gone refuses it', () => {
  const gone = async (orderId: string, line: object, view: Partial<LineView>) => {
    await place(orderId, line);
    await viewStore(rig.db).save(orderId, `${orderId}-000001`, { ...sampleView(9), ...view });
    rig.lines.gone = true;
    return buyer.command(`${orderId}/unsubscribe`);
  };

  it('with when the five days were over', async () => {
    const { detail } = expectProblem(await gone('LATE', {}, OVER), 409, 'FIVE_DAYS_OVER');
    expect(detail).toContain('2026-11-28 10:00:00 (UTC+8)');
  });

  it.each([
    ['it was unsubscribed', {}, { ...OVER, status: 'UNSUBSCRIBED' as const }, 'ORDER_ENDED'],
    ['its release knew no five days', {}, { ...OVER, fiveDaysUntil: undefined }, 'ORDER_ENDED'],
    ['it is a trial', { trial: true }, { ...OVER, fiveDaysUntil: null }, 'TRIAL_NOT_REFUNDABLE'],
    [
      'it was bought once',
      { charging: { mode: 'ONE_TIME' } },
      { ...OVER, fiveDaysUntil: null },
      'NO_FIVE_DAYS',
    ],
    ['it was supervised', { delivery: 'service' }, { ...OVER, fiveDaysUntil: null }, 'NO_FIVE_DAYS'],
  ])('when %s', async (name, line, view, code) => {
    const orderId = `GONE-${name.replaceAll(' ', '-')}`;
    expectProblem(await gone(orderId, line, view as Partial<LineView>), 409, code);
  });
});

describe('an image', () => {
  it('needs the version that was bought', async () => {
    const { detail } = expectProblem(await place('IMG-1', { delivery: 'image' }), 400, 'INVALID_REQUEST');
    expect(detail).toContain('body.lines[0].assetVersion');
  });

  it('keeps its version, and no seller is told of it', async () => {
    const answer = await place('IMG-2', { delivery: 'image', assetVersion: '2026.11-3' });
    expect(answer.status).toBe(201);
    expect((await buyer.order('IMG-2')).body.lines[0]).toMatchObject({
      delivery: 'image',
      assetVersion: '2026.11-3',
    });
    const [line] = await getOrder(rig.db, 'IMG-2');
    expect(line?.start.line).toMatchObject({ assetVersion: '2026.11-3', notifies: false });
    expectProblem(
      await place('IMG-2', { delivery: 'image', assetVersion: '2026.11-4' }),
      409,
      'ORDER_CONFLICT',
    );
  });

  it('needs no production URL', async () => {
    await rig.as('platform').put('S1/products/P-IMG', { name: 'Image' });
    const line = { productId: 'P-IMG', delivery: 'image', assetVersion: '1' };
    expect((await place('IMG-3', line)).status).toBe(201);
  });
});
