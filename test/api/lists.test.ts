import { sellerCallLog } from '../../db/seller-calls';
import { viewStore } from '../../db/views';
import { sampleView } from '../db/samples';
import { expectProblem, orderBody, registerSeller, startRig, type Caller, type Rig } from './rig';

let rig: Rig;
let operator: Caller;
beforeAll(async () => {
  rig = await startRig();
  operator = rig.as('operator');
  await registerSeller(rig, 'S1');
  await registerSeller(rig, 'S2');
  for (let n = 1; n <= 5; n++) {
    const body = orderBody(`O${n}`, [{ sellerId: n <= 3 ? 'S1' : 'S2' }]);
    await rig.as('platform').place(body);
  }
  const due = Date.UTC(2026, 10, 23, 12);
  await viewStore(rig.db).save('O2', 'O2-000001', {
    ...sampleView(3),
    dueAt: null,
    node: 'REFUND_STUCK',
    waitingFor: 'operator',
  });
  await viewStore(rig.db).save('O3', 'O3-000001', {
    ...sampleView(3),
    dueAt: null,
    status: 'COMPLETED',
    node: 'ENDED',
  });
  await viewStore(rig.db).save('O4', 'O4-000001', { ...sampleView(3), dueAt: due });
});
afterAll(() => rig.close());

const orderIds = async (caller: Caller, query = '') => {
  const { body } = await caller.orders(query);
  return body.items.map((item: { orderId: string }) => item.orderId);
};

describe('the list of order lines', () => {
  it.each([
    ['', ['O5', 'O4', 'O3', 'O2', 'O1']],
    ['?status=COMPLETED', ['O3']],
    ['?node=REFUND_STUCK', ['O2']],
    ['?waitingFor=operator', ['O2']],
    ['?sellerId=S2', ['O5', 'O4']],
    ['?buyerId=B2', []],
    ['?delivery=saas&sellerId=S1&status=PROCESSING', ['O2', 'O1']],
    ['?delivery=hardware', []],
    ['?dueBefore=2026-11-23T20:00:01%2B08:00', ['O4']],
    ['?dueBefore=2026-11-23T20:00:00%2B08:00', []],
  ])('is the newest first, narrowed by %s', async (query, expected) => {
    expect(await orderIds(operator, query)).toEqual(expected);
  });

  it('has a view of each line without log and personal data', async () => {
    const { body, text } = await operator.orders('?node=REFUND_STUCK');
    expect(body.items[0]).toMatchObject({ orderLineId: 'O2-000001', waitingFor: 'operator', revision: 3 });
    expect(body.items[0]).not.toHaveProperty('log');
    expect(text).not.toMatch(/王小明|wang@/);
  });

  it('comes in pages that neither repeat nor leave out', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { body } = await operator.orders(`?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`);
      expect(body.items.length).toBeLessThanOrEqual(2);
      seen.push(...body.items.map((item: { orderId: string }) => item.orderId));
      cursor = body.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(['O5', 'O4', 'O3', 'O2', 'O1']);
  });

  it('refuses a cursor that it did not make', async () => {
    expectProblem(await operator.orders('?cursor=bm9uZQ'), 400, 'INVALID_REQUEST');
  });

  it('has only its own for sellers and buyers, whatever they ask for', async () => {
    expect(await orderIds(rig.as('seller', 'S2'))).toEqual(['O5', 'O4']);
    expect(await orderIds(rig.as('seller', 'S2'), '?sellerId=S2&buyerId=B1')).toEqual(['O5', 'O4']);
    expect(await orderIds(rig.as('seller', 'S2'), '?sellerId=S1')).toEqual([]);
    expect(await orderIds(rig.as('buyer', 'B1'), '?sellerId=S1')).toEqual(['O3', 'O2', 'O1']);
    expect(await orderIds(rig.as('buyer', 'B2'))).toEqual([]);
    expect(await orderIds(rig.as('buyer', 'B2'), '?buyerId=B1')).toEqual([]);
  });
});

describe('the list of calls to sellers', () => {
  beforeAll(async () => {
    const calls = sellerCallLog(rig.db);
    for (const [n, sellerId] of ['S1', 'S1', 'S2'].entries()) {
      const line = { orderId: `O${n}`, orderLineId: `O${n}-000001`, sellerId };
      await calls.begin({ callId: `C${n}`, ...line, activity: 'newInstance', attempt: 1, at: 1_000 * n });
    }
    await calls.finish('C1', {
      ms: 5_000,
      httpStatus: null,
      resultCode: null,
      exception: 'No answer in 5 s',
    });
  });
  const calledOrders = async (caller: Caller, query = '') => {
    const { body } = await caller.sellerCalls(query);
    return body.items.map((item: { orderId: string }) => item.orderId);
  };

  it('tells what failed, in words, and what is running', async () => {
    const { body } = await rig.as('seller', 'S1').sellerCalls();
    expect(body).toEqual({
      items: [
        {
          orderId: 'O1',
          orderLineId: 'O1-000001',
          activity: 'newInstance',
          attempt: 1,
          at: expect.stringMatching(/^1970-01-01T.*(Z|\+08:00)$/) as string,
          ms: 5_000,
          httpStatus: null,
          resultCode: null,
          exception: 'No answer in 5 s',
        },
        expect.objectContaining({ orderId: 'O0', ms: null, exception: null }),
      ],
      nextCursor: null,
    });
  });

  it('is narrowed by order and seller, and to its own for sellers', async () => {
    expect(await calledOrders(operator)).toEqual(['O2', 'O1', 'O0']);
    expect(await calledOrders(operator, '?sellerId=S2')).toEqual(['O2']);
    expect(await calledOrders(operator, '?orderId=O1')).toEqual(['O1']);
    expect(await calledOrders(rig.as('seller', 'S2'), '?sellerId=S1')).toEqual([]);
    expect(await calledOrders(rig.as('seller', 'S2'), '?orderId=O1')).toEqual([]);
  });

  it('comes in pages', async () => {
    const { body } = await operator.sellerCalls('?limit=2');
    expect(body.items).toHaveLength(2);
    expect(await calledOrders(operator, `?limit=2&cursor=${body.nextCursor}`)).toEqual(['O0']);
  });

  it('is for sellers and operators only', async () => {
    for (const role of ['platform', 'buyer', 'carrier'] as const) {
      expectProblem(await rig.as(role).sellerCalls(), 403, 'FORBIDDEN');
    }
  });
});
