import type { BillCommand } from '../../../domain/billing/commands';
import type { Activities } from '../../../activities';
import { entryOf } from '../../db/ledger/world';
import { BillClock, PAYABLE, type TestBill } from '../../support/bill-clock';

/** What a bill refuses, two who come at once, and what is lost on the way. */

let clock: BillClock;
beforeAll(async () => {
  clock = await BillClock.start();
});
afterEach(async () => {
  clock.overrides = {};
  await clock.expectAllSound();
});
afterAll(() => clock.end());

/** A joint bill that waits for its invoice. */
async function invoiceable(): Promise<TestBill> {
  const bill = await clock.bill();
  await bill.through('review-pass', 'confirm-bill');
  return bill;
}

/** A general bill that is being paid. */
async function payable(): Promise<TestBill> {
  const bill = await clock.bill({ trade: 'general' });
  await bill.through('review-pass', 'countersign');
  return bill;
}

const payment = (bill: TestBill) => entryOf(clock.database.db, `bill/${bill.id}/payment`);

it('an invoice before the confirmation, of a wrong amount or currency, or without its papers', async () => {
  const bill = await clock.bill();
  expect(await bill.invoice('R1')).toBe('NOT_ALLOWED_NOW');
  await bill.through('review-pass');
  expect(await bill.invoice('R1')).toBe('NOT_ALLOWED_NOW');
  await bill.through('confirm-bill');
  expect(await bill.invoice('R1', { amount: { ...PAYABLE, minor: 9_749 } })).toBe('INVOICE_AMOUNT_WRONG');
  expect(await bill.invoice('R1', { amount: { ...PAYABLE, minor: 9_751 } })).toBe('INVOICE_AMOUNT_WRONG');
  expect(await bill.invoice('R1', { amount: { ...PAYABLE, currency: 'USD' } })).toBe(
    'BILL_CURRENCY_MISMATCH',
  );
  expect(await bill.invoice('r1')).toBe('INVALID_REQUEST');
  expect(await bill.invoice('R1', { courierNumber: undefined })).toBe('INVALID_REQUEST');
  const sha256 = 'a'.repeat(64);
  const eInvoice = { name: 'invoice.ofd', url: 'https://seller.example/invoice.ofd', sha256 };
  expect(await bill.invoice('R1', { eInvoice })).toBe('INVALID_REQUEST');
  expect(await bill.invoice('R1', { eInvoice, courierNumber: undefined })).toBe('INVOICE_SENT');
  expect(await bill.do('sign-for-invoice', { at: '2026-01-01T00:00:00+08:00' })).toBe('INVALID_REQUEST');
  expect(await bill.do('sign-for-invoice', { at: '2999-01-01T00:00:00+08:00' })).toBe('INVALID_REQUEST');
});

it('a number that another bill has had, or two at the same time', async () => {
  const [one, other] = [await invoiceable(), await invoiceable()];
  const both = await Promise.all([one.invoice('TWICE'), other.invoice('TWICE')]);
  expect(both.sort()).toEqual(['INVOICE_NUMBER_USED', 'INVOICE_SENT']);
  const left = (await one.view()).node === 'AWAITING_INVOICE' ? one : other;
  expect(await left.invoice('TWICE')).toBe('INVOICE_NUMBER_USED');
  expect(await left.invoice('ONCE')).toBe('INVOICE_SENT');
});

it('a refused number is refused again to the same request, and asks nobody', async () => {
  const [one, other] = [await invoiceable(), await invoiceable()];
  await one.invoice('SAME');
  const data = { number: 'SAME', amount: PAYABLE, taxRate: 0, courierNumber: '1', paymentRequestNumber: '1' };
  expect(await other.do('submit-invoice', data, 'seller', 'u-1')).toBe('INVOICE_NUMBER_USED');
  expect(await other.do('submit-invoice', data, 'seller', 'u-1')).toBe('INVOICE_NUMBER_USED');
  const { events = [] } = await other.handle.fetchHistory();
  const asked = events?.filter(
    (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'claimInvoice',
  );
  expect(asked).toHaveLength(1);
});

it('two submissions at once: one is sent, the other is told to wait or comes too late', async () => {
  const bill = await invoiceable();
  const both = await Promise.all([bill.invoice('RACE1'), bill.invoice('RACE2')]);
  expect(both.filter((outcome) => outcome === 'INVOICE_SENT')).toHaveLength(1);
  expect(both.find((outcome) => outcome !== 'INVOICE_SENT')).toMatch(/^(BILL_BUSY|NOT_ALLOWED_NOW)$/);
});

it('a submission whose answer was lost holds its number', async () => {
  const bill = await invoiceable();
  let calls = 0;
  const { claimInvoice } = clock.activities;
  clock.overrides.claimInvoice = async (claim) => {
    const answer = await claimInvoice(claim);
    calls += 1;
    if (calls === 1) throw new Error('The answer was lost');
    return answer;
  };
  expect(await bill.invoice('LOST')).toBe('INVOICE_SENT');
  expect(calls).toBe(2);
});

it('validation against rejection: the first one counts', async () => {
  const bill = await invoiceable();
  await bill.invoice('VERDICT');
  await bill.through('sign-for-invoice');
  const both = await Promise.all([
    bill.do('validate-invoice', {}),
    bill.do('reject-invoice', { reason: 'Torn.' }),
  ]);
  expect(both.filter((outcome) => outcome === 'NOT_ALLOWED_NOW')).toHaveLength(1);
  const { invoice, node } = await bill.view();
  expect(node).toBe(invoice?.verdict === 'VALID' ? 'PAYING' : 'AWAITING_INVOICE');
});

it('a payment that failed is made again; one that is recorded twice, or at the same time, is one', async () => {
  const bill = await payable();
  expect(await bill.do('payment-failed', { reason: 'The account is closed.' })).toBe('PAYING');
  expect(await payment(bill)).toEqual({});
  const both = await Promise.all([
    bill.do('record-payment', { paymentId: 'P-1' }),
    bill.do('record-payment', { paymentId: 'P-2' }),
  ]);
  expect(both.filter((outcome) => outcome === 'PAID')).toHaveLength(1);
  expect(both.find((outcome) => outcome !== 'PAID')).toMatch(/^(BILL_BUSY|BILL_ENDED|AcceptedUpdate\w+)$/);
  expect(await payment(bill)).toEqual({ PAYABLE: 9_750, CASH: -9_750 });
  expect(await bill.handle.result()).toEqual({ node: 'PAID' });
});

it('a payment whose answer was lost is posted once', async () => {
  const bill = await payable();
  const { payBill } = clock.activities;
  const paid: Parameters<Activities['payBill']>[0][] = [];
  clock.overrides.payBill = async (input) => {
    await payBill(input);
    paid.push(input);
    if (paid.length === 1) throw new Error('The answer was lost');
  };
  expect(await bill.do('record-payment', { paymentId: 'P-9' })).toBe('PAID');
  expect(paid).toHaveLength(2);
  expect(await payment(bill)).toEqual({ PAYABLE: 9_750, CASH: -9_750 });
});

it('other parties, and other sellers', async () => {
  const bill = await clock.bill();
  expect(await bill.do('review-pass', {}, 'seller')).toBe('FORBIDDEN');
  expect(await bill.do('review-pass', {}, 'platform')).toBe('FORBIDDEN');
  await bill.through('review-pass');
  expect(await bill.do('confirm-bill', {}, 'operator')).toBe('FORBIDDEN');
  const stranger = { args: [{ by: { role: 'seller', sub: 'S-other' }, data: {} }] as [object] };
  await expect(
    bill.handle.executeUpdate('confirm-bill' satisfies BillCommand, stranger),
  ).rejects.toMatchObject({
    cause: { type: 'NOT_FOUND' },
  });
  await expect(bill.handle.executeUpdate('confirm-bill', { args: [{}] })).rejects.toMatchObject({
    cause: { type: 'INVALID_REQUEST' },
  });
});

it('a cancellation in the Temporal UI takes nothing from the seller', async () => {
  const bill = await payable();
  await bill.handle.cancel();
  expect(await bill.do('record-payment', { paymentId: 'P-7' })).toBe('PAID');
  expect(await bill.handle.result()).toEqual({ node: 'PAID' });
});
