import { putProduct } from '../../db/products';
import type { ListedTransaction } from '../../domain/ledger/listed-transaction';
import { at, complete, run, sell } from '../db/ledger/world';
import { expectProblem, PRODUCT, registerSeller, startRig, type Caller, type Rig } from './rig';

/** `GET /v1/transactions`: whose they are, how they are narrowed, page by page. */

let rig: Rig;
let operator: Caller;
beforeAll(async () => {
  rig = await startRig();
  operator = rig.as('operator');
  const { db } = rig;
  await registerSeller(rig, 'S1');
  await putProduct(db, 'S1', 'P1', { ...PRODUCT, name: '客户管理' });
  await complete(db, 'T-1', at('10-01T00:00:00'), { sellerId: 'S1' });
  await complete(db, 'T-2', at('10-31T23:59:59.999'), { sellerId: 'S2', productId: 'P2' });
  await run(db, { site: 'china', period: '202610' });
  await complete(db, 'T-3', at('11-01T00:00:00'), { sellerId: 'S1', credit: true });
  await sell(db, 'T-4', { sellerId: 'S1', amount: { currency: 'USD', minor: 1 } });
});
afterAll(() => rig.close());

const orderIds = ({ body }: Awaited<ReturnType<Caller['transactions']>>) =>
  body.items.map(({ orderId }: ListedTransaction) => orderId).sort();

it('tells amounts, names, bill, and why there is none yet', async () => {
  const { status, body } = await operator.transactions('?orderId=T-1');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    items: [
      {
        sellerName: '示例软件',
        productName: '客户管理',
        gross: { currency: 'CNY', minor: 10_000 },
        fee: { currency: 'CNY', minor: 250 },
        net: { currency: 'CNY', minor: 9_750 },
        completedAt: '2026-10-01T00:00:00.000+08:00',
        billingState: 'BILLED',
        billId: 'S1/202610/china/general/CNY',
        keptBack: null,
      },
    ],
    nextCursor: null,
  });
  const pending = await operator.transactions('?orderId=T-3');
  expect(pending.body.items).toMatchObject([
    { billingState: 'PENDING', billId: null, keptBack: 'NOT_REPAID' },
  ]);
  const foreign = await operator.transactions('?orderId=T-2');
  expect(foreign.body.items).toMatchObject([{ productId: 'P2', sellerName: null, productName: null }]);
});

it.each([
  ['', ['T-1', 'T-2', 'T-3', 'T-4']],
  ['?sellerId=S2', ['T-2']],
  ['?period=202610&billingState=BILLED', ['T-1', 'T-2']],
  ['?keptBack=SUPERVISION_NOT_FINISHED', ['T-4']],
  ['?currency=USD', ['T-4']],
  ['?kind=REFUND', []],
  ['?completedFrom=2026-11-01T00:00:00%2B08:00', ['T-3']],
  ['?completedBefore=2026-10-31T16:00:00Z', ['T-1', 'T-2']],
])('is narrowed by %j', async (query, expected) => {
  expect(orderIds(await operator.transactions(query))).toEqual(expected);
});

it.each([
  ['?period=202613', 'querystring.period'],
  ['?period=2026-10', 'querystring.period'],
  ['?billingState=VOID', 'querystring.billingState'],
  ['?keptBack=LAZY', 'querystring.keptBack'],
  ['?currency=XXX', 'querystring.currency'],
  ['?completedFrom=yesterday', 'querystring.completedFrom'],
  ['?buyerId=B1', 'querystring'],
  ['?limit=201', 'querystring.limit'],
  ['?cursor=bm9uZQ', 'cursor'],
  [`?cursor=${Buffer.from('[1,"a","b"]').toString('base64url')}`, 'cursor'],
  [`?cursor=${Buffer.from('["a","b"]').toString('base64url')}`, 'cursor'],
])('refuses %s', async (query, place) => {
  const { detail } = expectProblem(await operator.transactions(query), 400, 'INVALID_REQUEST');
  expect(detail).toContain(place);
});

it('comes in pages that neither repeat nor leave out', async () => {
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body }: Awaited<ReturnType<Caller['transactions']>> = await operator.transactions(
      `?limit=1${cursor && `&cursor=${cursor}`}`,
    );
    seen.push(...body.items.map(({ orderId }) => orderId));
    cursor = body.nextCursor;
  }
  expect(seen).toEqual(['T-4', 'T-3', 'T-2', 'T-1']);
});

it('has only its own for a seller, whatever it asks for and whoever made the cursor', async () => {
  const seller = rig.as('seller', 'S2');
  expect(orderIds(await seller.transactions())).toEqual(['T-2']);
  expect(orderIds(await seller.transactions('?sellerId=S1'))).toEqual([]);
  expect(orderIds(await seller.transactions('?orderId=T-1'))).toEqual([]);
  const { body } = await operator.transactions('?limit=1');
  expect(orderIds(await seller.transactions(`?cursor=${body.nextCursor}`))).toEqual(['T-2']);
});

it('is for sellers, operators and the platform only', async () => {
  expect(orderIds(await rig.as('platform').transactions('?sellerId=S2'))).toEqual(['T-2']);
  for (const role of ['buyer', 'carrier'] as const) {
    expectProblem(await rig.as(role, 'B1').transactions(), 403, 'FORBIDDEN');
  }
});
