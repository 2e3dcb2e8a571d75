import { viewStore } from '../../db/views';
import { sampleView } from '../db/samples';
import { expectProblem, orderBody, PRODUCT, registerSeller, startRig, type Caller, type Rig } from './rig';

let rig: Rig;
let platform: Caller;
beforeAll(async () => {
  rig = await startRig();
  platform = rig.as('platform');
  await registerSeller(rig);
});
beforeEach(() => {
  rig.lines.calm();
});
afterAll(() => rig.close());

const place = (body: object) => platform.place(body);
const openedLines = () => rig.lines.opened.map(({ line }) => line.orderLineId);

describe('a paid order', () => {
  it('is registered, started, and answered like a read', async () => {
    const answer = await place(orderBody('O1'));
    expect(answer.status).toBe(201);
    expect(answer.headers['location']).toBe('/v1/orders/O1');
    expect(answer.body).toEqual((await platform.order('O1')).body);
    expect(answer.body.lines).toMatchObject([
      {
        orderLineId: 'O1-000001',
        workflowId: 'order-line/O1/O1-000001',
        revision: 1,
        status: 'PROCESSING',
        node: 'OPENING',
        waitingFor: 'seller',
        dueAt: '2026-11-24T10:00:00.000+08:00',
        log: [{ at: '2026-11-23T09:00:00.000+08:00', by: 'platform' }],
        appeal: null,
      },
    ]);
  });

  it('starts with what its product costs the seller and with the windows of today', async () => {
    await place(orderBody('O2'));
    expect(rig.lines.opened).toMatchObject([
      { line: { feeRate: PRODUCT.feeRate, trial: false, buyerId: 'B1' }, windows: { createInterval: 3_000 } },
    ]);
  });

  it('gives its workflow no personal data', async () => {
    await place(orderBody('O3'));
    expect(JSON.stringify(rig.lines.opened)).not.toMatch(/王小明|wang@|138/);
  });

  it('may have several lines, each with its own workflow', async () => {
    const answer = await place(orderBody('O4', [{ orderLineId: 'O4-A' }, { orderLineId: 'O4-B' }]));
    expect(answer.body.lines.map((line: { workflowId: string }) => line.workflowId)).toEqual([
      'order-line/O4/O4-A',
      'order-line/O4/O4-B',
    ]);
  });
});

describe('the same order again', () => {
  it('is the first one, whatever the order of its keys', async () => {
    await place(orderBody('O10'));
    const body = Object.fromEntries(Object.entries(orderBody('O10')).reverse());
    expect((await place(body)).status).toBe(200);
  });

  it('is a conflict with another content', async () => {
    await place(orderBody('O11'));
    const other = orderBody('O11', [{ amount: { currency: 'CNY', minor: 1 } }]);
    expectProblem(await place(other), 409, 'ORDER_CONFLICT');
    expect((await platform.order('O11')).body.lines[0]!.amount.minor).toBe(9_900);
  });

  it('is taken once when it comes twenty times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => place(orderBody('O12'))));
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array.from({ length: 19 }, () => 200),
      201,
    ]);
    expect(new Set(openedLines())).toEqual(new Set(['O12-000001']));
  });

  it('has one winner among conflicting ones at once', async () => {
    const prices = Array.from({ length: 10 }, (_, minor) => ({ amount: { currency: 'CNY', minor } }));
    const answers = await Promise.all(prices.map((price) => place(orderBody('O13', [price]))));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
  });

  it('is still the first one when its product was withdrawn and its line has ended and is forgotten', async () => {
    await place(orderBody('O14'));
    await viewStore(rig.db).save('O14', 'O14-000001', { ...sampleView(9), node: 'ENDED' });
    await platform.put('S1/products/P1', { name: 'CRM' });
    rig.lines.opened.length = 0;
    const answer = await place(orderBody('O14'));
    await platform.put('S1/products/P1', PRODUCT);
    expect(answer.status).toBe(200);
    expect(answer.body.lines[0]!.node).toBe('ENDED');
    expect(openedLines()).toEqual([]);
    expectProblem(await place(orderBody('O14', [{ skuId: 'K2' }])), 409, 'ORDER_CONFLICT');
  });

  it('cannot take a line of another order', async () => {
    await place(orderBody('O15'));
    expectProblem(await place(orderBody('O16', [{ orderLineId: 'O15-000001' }])), 409, 'ORDER_LINE_TAKEN');
    expectProblem(await platform.order('O16'), 404, 'NOT_FOUND');
  });
});

describe('with no worker up, an order', () => {
  beforeEach(() => void (rig.lines.silent = true));

  it('is safe: 202 with the place to look', async () => {
    const answer = await place(orderBody('O20'));
    expect(answer.status).toBe(202);
    expect(answer.headers['location']).toBe('/v1/orders/O20');
    expect(answer.body.lines).toMatchObject([{ revision: 0, status: 'PROCESSING' }]);
    expect((await platform.order('O20')).body).toEqual(answer.body);
  });

  it('is started by its repetition, only the lines that never began', async () => {
    await place(orderBody('O21', [{ orderLineId: 'O21-A' }, { orderLineId: 'O21-B' }]));
    await viewStore(rig.db).save('O21', 'O21-A', sampleView(1));
    rig.lines.silent = false;
    rig.lines.opened.length = 0;
    const answer = await place(orderBody('O21', [{ orderLineId: 'O21-A' }, { orderLineId: 'O21-B' }]));
    expect(answer.status).toBe(200);
    expect(openedLines()).toEqual(['O21-B']);
  });
});

describe('an order that Steward cannot take', () => {
  it.each([
    ['of another type', { ...orderBody('O30'), orderType: 'RENEW' }, 'ORDER_TYPE_NOT_SUPPORTED'],
    ['delivered otherwise', orderBody('O30', [{ delivery: 'pay-per-use' }]), 'DELIVERY_NOT_SUPPORTED'],
    ['of an unknown seller', orderBody('O30', [{ sellerId: 'S9' }]), 'PRODUCT_NOT_READY'],
    ['of an unknown product', orderBody('O30', [{ productId: 'P9' }]), 'PRODUCT_NOT_READY'],
  ])('is refused whole: %s', async (_name, body, code) => {
    expectProblem(await place(body), 400, code);
    expectProblem(await platform.order('O30'), 404, 'NOT_FOUND');
    expect(openedLines()).toEqual([]);
  });

  it('is refused when its product has no productionUrl', async () => {
    await platform.put('S1/products/P2', { name: 'Manual' });
    const answer = await place(orderBody('O30', [{ productId: 'P2' }]));
    expect(expectProblem(answer, 400, 'PRODUCT_NOT_READY').detail).toContain('productionUrl');
  });

  it('can be placed again when that is mended', async () => {
    await place(orderBody('O31', [{ productId: 'P3' }]));
    await platform.put('S1/products/P3', PRODUCT);
    expect((await place(orderBody('O31', [{ productId: 'P3' }]))).status).toBe(201);
  });

  it('is none with bundle when its lines are supervised', async () => {
    expect((await place({ ...orderBody('O32', [{ delivery: 'service' }]), bundle: true })).status).toBe(201);
  });

  it('is anything that somebody else than the platform hands over', async () => {
    for (const role of ['seller', 'buyer', 'carrier', 'operator'] as const) {
      expectProblem(await rig.as(role).place(orderBody('O33')), 403, 'FORBIDDEN');
    }
  });
});
