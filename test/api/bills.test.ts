import { publishAgreement, signAgreement } from '../../db/agreements';
import { saveBillView } from '../../db/billing/bill-views';
import { startingBillView, type BillView } from '../../domain/billing/life';
import { getBill } from '../../db/billing/bills';
import { at, complete, run } from '../db/ledger/world';
import { expectProblem, registerSeller, startRig, type Caller, type Rig } from './rig';

/** `GET /v1/bills` and the commands of bills: whose they are, how they are narrowed, what is refused. */

let rig: Rig;
let operator: Caller;
const JOINT = 'S1/202609/china/joint/CNY';
const OTHER = 'S2/202609/china/general/CNY';
const LATER = 'S1/202610/china/general/CNY';

beforeAll(async () => {
  rig = await startRig();
  operator = rig.as('operator');
  const { db } = rig;
  await complete(db, 'A-1', at('09-01T00:00:00'), { sellerId: 'S1', trade: 'joint' });
  await complete(db, 'A-2', at('09-02T00:00:00'), { sellerId: 'S2' });
  await run(db, { site: 'china', period: '202609' });
  await complete(db, 'A-3', at('10-02T00:00:00'), { sellerId: 'S1' });
  await run(db, { site: 'china', period: '202610' });
  await saveBillView(db, JOINT, await viewOf(JOINT));
});
afterAll(() => rig.close());

/** A bill that waits for its seller's invoice. */
async function viewOf(id: string, change: Partial<BillView> = {}): Promise<BillView> {
  const { bill } = (await getBill(rig.db, id))!;
  return {
    ...startingBillView(bill),
    ...{ revision: 4, node: 'AWAITING_INVOICE', waitingFor: 'seller', dueAt: at('11-04T00:00:00') },
    allowed: [{ command: 'submit-invoice', roles: ['seller'] }],
    ...change,
  };
}

const ids = ({ body }: Awaited<ReturnType<Caller['bills']>>) => body.items.map(({ billId }) => billId);

it('tells what a bill pays, whom it waits for and until when', async () => {
  const { status, body } = await rig.as('seller', 'S1').bill(JOINT);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    ...{ billId: JOINT, workflowId: `bill/${JOINT}`, payable: { currency: 'CNY', minor: 9_750 } },
    ...{ node: 'AWAITING_INVOICE', nodeName: { zh: '待开票' }, waitingFor: 'seller', overdue: false },
    ...{
      dueAt: '2026-11-04T00:00:00.000+08:00',
      allowed: [{ command: 'submit-invoice', roles: ['seller'] }],
    },
    ...{
      gross: { minor: 10_000 },
      fee: { minor: 250 },
      adjusted: { minor: 0 },
      invoice: null,
      payment: null,
    },
  });
  expect((await operator.bill(OTHER)).body).toMatchObject({ node: 'GENERATED', revision: 0, dueAt: null });
});

it.each([
  ['', [LATER, OTHER, JOINT]],
  ['?period=202609', [OTHER, JOINT]],
  ['?sellerId=S1', [LATER, JOINT]],
  ['?node=AWAITING_INVOICE', [JOINT]],
  ['?node=GENERATED&sellerId=S2', [OTHER]],
  ['?node=PAID', []],
])('lists of operators are narrowed by "%s"', async (query, expected) => {
  expect(ids(await operator.bills(query))).toEqual(expected);
});

it('pages neither repeat nor leave out', async () => {
  const first = await operator.bills('?limit=2');
  const second = await operator.bills(`?limit=2&cursor=${first.body.nextCursor}`);
  expect([...ids(first), ...ids(second)]).toEqual([LATER, OTHER, JOINT]);
  expect(second.body.nextCursor).toBeNull();
});

it('a seller sees and moves its own only; others are not there', async () => {
  const seller = rig.as('seller', 'S1');
  expect(ids(await seller.bills())).toEqual([LATER, JOINT]);
  expect(ids(await seller.bills('?sellerId=S2'))).toEqual([]);
  expectProblem(await seller.bill(OTHER), 404, 'NOT_FOUND');
  expectProblem(await seller.billCommand(OTHER, 'confirm-bill'), 404, 'NOT_FOUND');
  expectProblem(await operator.bill('S9/202609/china/joint/CNY'), 404, 'NOT_FOUND');
  expect(rig.bills.given).toEqual([]);
});

it('wrong roles and wrong ids are refused', async () => {
  expectProblem(await rig.as('seller', 'S1').billCommand(JOINT, 'review-pass'), 403, 'FORBIDDEN');
  expectProblem(await operator.billCommand(JOINT, 'confirm-bill'), 403, 'FORBIDDEN');
  expectProblem(await rig.as('platform').bill(JOINT), 403, 'FORBIDDEN');
  expectProblem(await rig.as('buyer').bills(), 403, 'FORBIDDEN');
  expectProblem(await operator.bill('S1/2026-9/china/joint/CNY'), 400, 'INVALID_REQUEST');
});

const INVOICE = {
  ...{ number: '26312000000012345678', amount: { currency: 'CNY', minor: 9_750 }, taxRate: 600 },
  ...{ courierNumber: 'SF1234567890', paymentRequestNumber: 'PR-1' },
};

it('a command takes effect once under its key, and is answered with the bill as it is then', async () => {
  const seller = rig.as('seller', 'S1');
  const sent = await viewOf(JOINT, {
    revision: 6,
    node: 'INVOICE_SENT',
    waitingFor: 'operator',
    dueAt: null,
  });
  rig.bills.answer = async () => {
    await saveBillView(rig.db, JOINT, sent);
    return { revision: 6, node: 'INVOICE_SENT', waitingFor: 'operator' };
  };
  const key = { 'idempotency-key': 'invoice-1' };
  const first = await seller.billCommand(JOINT, 'submit-invoice', INVOICE, key);
  expect(first.body).toMatchObject({ node: 'INVOICE_SENT', revision: 6, waitingFor: 'operator' });
  const again = await seller.billCommand(JOINT, 'submit-invoice', INVOICE, key);
  expect(again.body).toEqual(first.body);
  expect(rig.bills.given).toMatchObject([
    {
      billId: JOINT,
      command: 'submit-invoice',
      request: { by: { role: 'seller', sub: 'S1' }, data: INVOICE },
    },
  ]);
  const other = { ...INVOICE, number: '2' };
  expectProblem(await seller.billCommand(JOINT, 'submit-invoice', other, key), 409, 'IDEMPOTENCY_KEY_REUSED');
});

it.each([
  ['number', { number: 'a' }],
  ['amount', { amount: { currency: 'CNY', minor: 1.5 } }],
  ['taxRate', { taxRate: 10_001 }],
  ['courierNumber', { courierNumber: undefined }],
])('an invoice with a wrong %s is refused', async (field, change) => {
  const answer = await rig.as('seller', 'S1').billCommand(JOINT, 'submit-invoice', { ...INVOICE, ...change });
  expect(expectProblem(answer, 400, 'INVALID_REQUEST').detail).toContain(field);
});

it('a seller reads, lists and moves none before it has signed the agreement; operators do', async () => {
  await registerSeller(rig, 'S1');
  await publishAgreement(rig.db, { version: '2026-11', text: '合作协议' });
  const seller = rig.as('seller', 'S1');
  const given = rig.bills.given.length;
  for (const answer of [
    await seller.bill(JOINT),
    await seller.bills(),
    await seller.billCommand(JOINT, 'confirm-bill'),
  ]) {
    expect(expectProblem(answer, 403, 'AGREEMENT_NOT_SIGNED').detail).toContain('2026-11');
  }
  expect(rig.bills.given).toHaveLength(given);
  expect((await operator.bill(JOINT)).status).toBe(200);
  await signAgreement(rig.db, '2026-11', 'S1');
  expect((await seller.bill(JOINT)).status).toBe(200);
  expect(ids(await seller.bills())).toContain(JOINT);
});

it('one that runs no more has ended, or is not started yet', async () => {
  rig.bills.answer = () => Promise.resolve(null);
  expectProblem(await operator.billCommand(OTHER, 'review-pass'), 503, 'TRY_AGAIN');
  await saveBillView(rig.db, OTHER, await viewOf(OTHER, { revision: 9, node: 'PAID', waitingFor: 'nobody' }));
  expectProblem(await operator.billCommand(OTHER, 'review-pass'), 409, 'BILL_ENDED');
  // What is older changes nothing.
  await saveBillView(rig.db, OTHER, await viewOf(OTHER, { revision: 8, node: 'PAYING' }));
  expect((await operator.bill(OTHER)).body.node).toBe('PAID');
});
