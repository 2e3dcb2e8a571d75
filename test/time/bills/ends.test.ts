import type { Site, Trade } from '../../../domain/schemas/order';
import { BILL_FLOWS, billFlowName, type BillFlowName } from '../../../domain/billing/flows';
import { variantOf } from '../../../domain/ledger/transaction';
import { BillClock, PAYABLE, type TestBill } from '../../support/bill-clock';

/** Bills of each variant and site to each of their ends, the paid ones the long way: what can go wrong goes wrong once. */

const HOUR = 3_600_000;

let clock: BillClock;
beforeAll(async () => {
  clock = await BillClock.start();
});
afterEach(() => clock.expectAllSound());
afterAll(() => clock.end());

const KINDS: { trade: Trade; site: Site }[] = [
  { trade: 'joint', site: 'china' },
  { trade: 'joint', site: 'intl' },
  { trade: 'general', site: 'china' },
  { trade: 'general', site: 'intl' },
];

const flowOf = ({ trade, site }: { trade: Trade; site: Site }): BillFlowName =>
  billFlowName({ variant: variantOf(trade), site });

/** Lets the present step run out, which only is told. */
async function wait(bill: TestBill): Promise<void> {
  const { dueAt, node } = await bill.view();
  await clock.skipTo((dueAt ?? 0) + HOUR);
  expect(await bill.view()).toMatchObject({ node, overdue: true });
}

/** An objection, and another review. */
async function object(bill: TestBill): Promise<void> {
  await bill.through('review-pass');
  expect(await bill.do('object', { reason: 'One order is missing.' })).toBe('UNDER_REVIEW');
  await bill.through('review-pass');
  expect(await bill.do('confirm-bill', {})).toBe('AWAITING_INVOICE');
}

/** Overdue, rejected, issued again, and validated late. */
async function invoice(bill: TestBill, number: string): Promise<void> {
  await wait(bill);
  expect(await bill.invoice(`${number}-1`)).toBe('INVOICE_SENT');
  await bill.through('sign-for-invoice');
  expect(await bill.do('reject-invoice', { reason: 'Another tax number.' })).toBe('AWAITING_INVOICE');
  expect(await bill.invoice(`${number}-1`)).toBe('INVOICE_NUMBER_USED');
  expect(await bill.invoice(`${number}-2`)).toBe('INVOICE_SENT');
  expect(await bill.do('ask-progress', {})).toBe('INVOICE_SENT');
  await bill.through('sign-for-invoice');
  await wait(bill);
  expect(await bill.do('validate-invoice', {})).toBe('PAYING');
  expect(await bill.view()).toMatchObject({ invoice: { number: `${number}-2`, late: true } });
}

const UNTIL_PAYING: Record<BillFlowName, (bill: TestBill, number: string) => Promise<void>> = {
  async joint(bill, number) {
    await object(bill);
    await invoice(bill, number);
  },
  async international(bill, number) {
    await bill.through('review-pass');
    await invoice(bill, number);
  },
  async general(bill) {
    await wait(bill);
    await bill.through('review-pass');
    await wait(bill);
    await bill.through('countersign');
  },
};

const adjust = (minor: number) => ({ amount: { ...PAYABLE, minor }, reason: 'Counted twice.' });

test.each(KINDS)('a $trade bill of site $site is paid, the long way', async (kind) => {
  const bill = await clock.bill(kind);
  expect(await bill.do('adjust', adjust(-1))).toBe('UNDER_REVIEW');
  expect(await bill.do('adjust', adjust(1))).toBe('UNDER_REVIEW');
  await UNTIL_PAYING[flowOf(kind)](bill, `END-${bill.sellerId}`);
  await wait(bill);
  expect(await bill.do('payment-failed', { reason: 'The account is closed.' })).toBe('PAYING');
  expect(await bill.do('record-payment', { paymentId: 'P-1' })).toBe('PAID');
  expect(await bill.handle.result()).toEqual({ node: 'PAID' });
  const { log = [] } = (await bill.registered()) ?? {};
  const flow = BILL_FLOWS[flowOf(kind)];
  const way = new Set(log.map(({ to }) => to));
  expect(Object.keys(flow).filter((node) => node !== 'SETTLED')).toEqual(
    expect.arrayContaining([...way]) as string[],
  );
  expect(way.size).toBe(Object.keys(flow).length - 1);
});

test.each(KINDS)('a $trade bill of site $site is closed without payment', async (kind) => {
  const bill = await clock.bill(kind);
  expect(await bill.do('adjust', adjust(-PAYABLE.minor))).toBe('UNDER_REVIEW');
  await bill.do('review-pass', {});
  if (flowOf(kind) === 'joint') await bill.do('confirm-bill', {});
  expect(await bill.handle.result()).toEqual({ node: 'SETTLED' });
  expect(await bill.registered()).toMatchObject({ node: 'SETTLED', payable: { minor: 0 }, allowed: [] });
});
