import { entryOf } from '../../db/ledger/world';
import { BillClock, PAYABLE } from '../../support/bill-clock';

/** The lives of bills to each of their ends, with what is refused on the way. */

let clock: BillClock;
beforeAll(async () => {
  clock = await BillClock.start();
});
afterEach(() => clock.expectAllSound());
afterAll(() => clock.end());

it('joint: reviewed, confirmed, invoiced, validated and paid, once', async () => {
  const bill = await clock.bill();
  expect(await bill.do('review-pass', {})).toBe('AWAITING_CONFIRMATION');
  expect(await bill.do('confirm-bill', {})).toBe('AWAITING_INVOICE');
  expect(await bill.invoice('JOINT1')).toBe('INVOICE_SENT');
  expect(await bill.do('sign-for-invoice', {})).toBe('INVOICE_VALIDATING');
  expect(await bill.do('validate-invoice', {})).toBe('PAYING');
  expect(await bill.do('record-payment', { paymentId: 'P-1' })).toBe('PAID');
  expect(await bill.handle.result()).toEqual({ node: 'PAID' });

  expect(await entryOf(clock.database.db, `bill/${bill.id}/payment`)).toEqual({
    PAYABLE: 9_750,
    CASH: -9_750,
  });
  const view = await bill.registered();
  expect(view).toMatchObject({
    ...{ node: 'PAID', waitingFor: 'nobody', allowed: [], dueAt: null, payable: PAYABLE },
    payment: { paymentId: 'P-1' },
    invoice: { number: 'JOINT1', verdict: 'VALID', late: false },
  });
  expect(view?.log.map(({ to }) => to)).toEqual([
    ...['GENERATED', 'UNDER_REVIEW', 'AWAITING_CONFIRMATION', 'AWAITING_INVOICE', 'INVOICE_SENT'],
    ...['INVOICE_VALIDATING', 'PAYING', 'PAID'],
  ]);
  expect(view?.log.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(await bill.mails()).toEqual([
    ...[
      'bill-your-move seller',
      'bill-your-move seller',
      'bill-your-move operator',
      'bill-your-move operator',
    ],
    ...['bill-your-move operator', 'bill-invoice-validated seller', 'bill-paid seller'],
  ]);
});

it('international: without confirmation; a rejected invoice is issued anew, under another number', async () => {
  const bill = await clock.bill({ site: 'intl' });
  expect(await bill.do('review-pass', {})).toBe('AWAITING_INVOICE');
  expect(await bill.invoice('INTL1')).toBe('INVOICE_SENT');
  await bill.through('sign-for-invoice');
  expect(await bill.do('reject-invoice', { reason: 'Another tax number.' })).toBe('AWAITING_INVOICE');
  expect(await bill.view()).toMatchObject({ invoice: { verdict: 'REJECTED' }, waitingFor: 'seller' });
  expect(await bill.invoice('INTL1')).toBe('INVOICE_NUMBER_USED');
  expect(await bill.invoice('INTL2')).toBe('INVOICE_SENT');
  await bill.through('sign-for-invoice');
  expect(await bill.do('validate-invoice', {})).toBe('PAYING');
  expect(await bill.do('record-payment', { paymentId: 'P-2' })).toBe('PAID');
  expect(await bill.handle.result()).toEqual({ node: 'PAID' });
  const { log = [] } = (await bill.registered()) ?? {};
  expect(log.map(({ to }) => to)).toContain('INVOICE_REJECTED');
});

it('general: countersigned and paid without an invoice', async () => {
  const bill = await clock.bill({ trade: 'general' });
  expect(await bill.do('review-pass', {})).toBe('COUNTERSIGNING');
  expect(await bill.invoice('GEN1')).toBe('NOT_ALLOWED_NOW');
  expect(await bill.do('countersign', {})).toBe('PAYING');
  expect(await bill.do('record-payment', { paymentId: 'P-3' })).toBe('PAID');
  expect(await bill.handle.result()).toEqual({ node: 'PAID' });
});

it('an adjustment changes what is paid, and is in the books; all of it taken away, nothing is', async () => {
  const bill = await clock.bill();
  const { currency } = PAYABLE;
  const adjust = (minor: number, reason = 'Counted twice.') =>
    bill.do('adjust', { amount: { currency, minor }, reason });
  expect(await adjust(-9_751)).toBe('ADJUSTMENT_TOO_LARGE');
  expect(await bill.do('adjust', { amount: { currency: 'USD', minor: 1 }, reason: 'No.' })).toBe(
    'BILL_CURRENCY_MISMATCH',
  );
  expect(await adjust(250)).toBe('UNDER_REVIEW');
  expect(await adjust(-10_000)).toBe('UNDER_REVIEW');
  const { db } = clock.database;
  expect(await entryOf(db, `bill/${bill.id}/adjustment/1`)).toEqual({ ADJUSTED: 250, PAYABLE: -250 });
  expect(await bill.view()).toMatchObject({ payable: { currency, minor: 0 }, adjustedMinor: -9_750 });
  expect(await bill.do('review-pass', {})).toBe('AWAITING_CONFIRMATION');
  expect(await adjust(1)).toBe('NOT_ALLOWED_NOW');
  expect(await bill.do('confirm-bill', {})).toBe('SETTLED');
  expect(await bill.handle.result()).toEqual({ node: 'SETTLED' });
  expect(await bill.mails()).toContain('bill-settled seller');
});

it('an objection puts it back to review', async () => {
  const bill = await clock.bill();
  await bill.do('review-pass', {});
  expect(await bill.do('object', { reason: 'One order is missing.' })).toBe('UNDER_REVIEW');
  expect(await bill.do('ask-progress', {})).toBe('UNDER_REVIEW');
  expect(await bill.do('ask-progress', {})).toBe('ASKED_LATELY');
  expect((await bill.mails()).slice(-2)).toEqual(['bill-objected operator', 'bill-progress-asked operator']);
});
