import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import { PRODUCTS_SHOWN } from '../../api/bill-statement/products';
import { publishAgreement, signAgreement } from '../../db/agreements';
import { saveBillView } from '../../db/billing/bill-views';
import { getBill } from '../../db/billing/bills';
import { putProduct } from '../../db/products';
import { startingBillView, type BillLogEntry, type BillView } from '../../domain/billing/life';
import type { Money } from '../../domain/money';
import { at, complete, publish, refundedView, run } from '../db/ledger/world';
import { readPdf } from '../support/pdf';
import { expectProblem, PRODUCT, registerSeller, SELLER, startRig, type Caller, type Rig } from './rig';

/** A bill on paper: `GET /v1/bills/{billId}/statement` and `…/transactions`. */

let rig: Rig;
let operator: Caller;
let seller: Caller;
const BILL = 'S1/202609/china/joint/CNY';
const OTHER = 'S2/202609/china/general/CNY';
const MANY = 'S3/202609/china/general/CNY';
const SALES = PRODUCTS_SHOWN + 5;

beforeAll(async () => {
  rig = await startRig();
  operator = rig.as('operator');
  seller = rig.as('seller', 'S1');
  const { db } = rig;
  await registerSeller(rig, 'S1');
  await rig.as('platform').put('S1', { ...SELLER, name: '示例软件（上海）有限公司' });
  await putProduct(db, 'S1', 'P1', { ...PRODUCT, name: '客户管理云服务' });
  const joint = { sellerId: 'S1', trade: 'joint' } as const;
  const view = await complete(db, 'F-1', at('09-01T00:00:00'), joint);
  await publish(db, 'F-1', refundedView(view, 'F-1', 4_001, at('09-20T10:00:00')));
  await complete(db, 'F-2', at('09-02T00:00:00'), joint);
  await complete(db, 'F-3', at('09-03T00:00:00'), { ...joint, productId: 'P2' });
  // In no bill of these, or in another one.
  await complete(db, 'F-4', at('10-02T00:00:00'), joint);
  await complete(db, 'F-5', at('09-02T00:00:00'), { sellerId: 'S2' });
  for (let n = 1; n <= SALES; n += 1) {
    const amount = { currency: 'CNY', minor: 1_000_000 - n * 1_000 };
    const sold = { sellerId: 'S3', productId: `PRODUCT-${String(n).padStart(2, '0')}`, amount };
    await complete(db, `M-${n}`, at('09-05T00:00:00'), sold);
  }
  await run(db, { site: 'china', period: '202609' });
});
afterAll(() => rig.close());

/** As it is printed. */
const decimal = ({ minor }: Money) => (minor / 100).toFixed(2);

const entry = (seq: number, change: Partial<BillLogEntry>): BillLogEntry => ({
  ...{ seq, at: at('10-05T09:30:00'), by: 'operator', command: null, note: '' },
  ...{ from: 'UNDER_REVIEW', to: 'UNDER_REVIEW' },
  ...change,
});

/** A bill that was adjusted and paid. */
async function paidView(): Promise<BillView> {
  const { bill } = (await getBill(rig.db, BILL))!;
  const payable = { currency: 'CNY', minor: bill.payableMinor - 1_234 };
  const invoice = {
    ...{ number: '26312000000012345678', amount: payable, taxRate: 600 },
    ...{ courierNumber: 'SF1234567890', eInvoice: null, paymentRequestNumber: 'PR-1' },
    ...{ submittedAt: at('10-07T00:00:00'), signedAt: at('10-09T00:00:00') },
    ...{ verdict: 'VALID' as const, verdictAt: at('10-12T00:00:00'), late: true },
  } satisfies BillView['invoice'];
  return {
    ...startingBillView(bill),
    ...{ revision: 9, node: 'PAID', adjustedMinor: -1_234, payable, invoice },
    payment: { paymentId: 'P-77', at: at('10-15T09:00:00') },
    log: [
      entry(1, { command: 'adjust', note: 'Adjusted: 更正上月费用' }),
      entry(2, { by: 'seller', command: 'ask-progress', note: 'The seller asks how far it is.' }),
      entry(3, { at: at('10-15T09:00:00'), from: 'PAYING', to: 'PAID', command: 'record-payment' }),
    ],
  };
}

describe('the statement', () => {
  it('is a PDF that a reader finds seller, products and sums in, in Chinese and English', async () => {
    const { status, headers, bytes } = await seller.billStatement(BILL);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/pdf');
    expect(headers['content-disposition']).toBe(
      'attachment; filename="statement-S1-202609-china-joint-CNY.pdf"',
    );
    const { text, pages, info } = await readPdf(bytes);
    const { body: bill } = await seller.bill(BILL);
    expect(pages).toBe(1);
    expect(info).toMatchObject({ Title: `结算单 Statement ${BILL}`, CreationDate: 'D:20260930160000Z' });
    for (const said of [
      ...[BILL, '示例软件（上海）有限公司', '账期 Period 202609', '中国站 China', '已出账 Generated'],
      ...[`交易金额 Gross ${decimal(bill.gross)}`, `退款 Refunds ${decimal(bill.refunds)}`],
      ...[`平台费用 Platform fee -${decimal(bill.fee)}`, `商家净额 Net ${decimal(bill.net)}`],
      `应付金额 Payable ${decimal(bill.payable)} CNY`,
      '客户管理云服务 P1 3 200.00 -40.01',
      'P2 1 100.00 0.00 2.50 97.50',
      `合计 Total 4 300.00 -40.01 ${decimal(bill.fee)} ${decimal(bill.net)}`,
    ]) {
      expect(text).toContain(said);
    }
    expect(text).not.toMatch(/其他商品|结转|保证金|调整|发票 Invoice|付款 Payment/);
  });

  it('is the same to the byte each time, and of the moment of the last change', async () => {
    await saveBillView(rig.db, BILL, await paidView());
    const first = await seller.billStatement(BILL);
    expect((await operator.billStatement(BILL)).bytes.equals(first.bytes)).toBe(true);
    const { info } = await readPdf(first.bytes);
    expect(info).toMatchObject({ CreationDate: 'D:20261015010000Z' });
  });

  it('tells invoice, payment, adjustments and progress, and leaves out what only was asked', async () => {
    const { text } = await readPdf((await seller.billStatement(BILL)).bytes);
    for (const said of [
      ...['调整 Adjusted -12.34', '26312000000012345678', 'SF1234567890', 'PR-1', '税率 Tax rate 6.00%'],
      ...['校验通过 Valid, 逾期 late', '付款编号 Number P-77', 'Adjusted: 更正上月费用'],
      '2026-10-15 09:00:00 (UTC+8) 已付款 Paid 运营 Operator',
    ]) {
      expect(text).toContain(said);
    }
    expect(text).not.toContain('how far it is');
  });

  it('is short however much there is: the products that were sold for most, the rest in one row', async () => {
    const { bill, view } = (await getBill(rig.db, MANY)) ?? {};
    const log = Array.from({ length: 500 }, (_, n) =>
      entry(n + 1, { note: `note-${n}`, from: 'AWAITING_CONFIRMATION' }),
    );
    await saveBillView(rig.db, MANY, { ...view!, revision: 1, log });
    const { text, pages } = await readPdf((await operator.billStatement(MANY)).bytes);
    expect(pages).toBeLessThan(6);
    expect(text).toContain('PRODUCT-01 1 9990.00');
    expect(text).toContain(`PRODUCT-${PRODUCTS_SHOWN}`);
    expect(text).not.toContain(`PRODUCT-${PRODUCTS_SHOWN + 1}`);
    // 9590.00 down to 9550.00.
    expect(text).toContain('其他商品 Other products 5 47850.00');
    expect(text).toContain(`合计 Total ${SALES} ${(bill!.grossMinor / 100).toFixed(2)}`);
    expect(text).toContain('note-499');
    expect(text).not.toContain('note-400');
  });
});

describe('the transactions', () => {
  const column = (rows: unknown[][], english: string) => {
    const n = rows[0]!.findIndex((header) => String(header).includes(english));
    return rows.slice(1).map((row) => row[n]);
  };
  const sumOf = (cells: unknown[]) =>
    cells.reduce<number>((sum, cell) => sum + Math.round(Number(cell) * 100), 0);

  it.each(['csv', 'xlsx'])('as %s come to what the bill does, and are no others', async (format) => {
    const { status, headers, bytes } = await seller.billTransactions(BILL, `?format=${format}`);
    expect(status).toBe(200);
    expect(headers['content-disposition']).toBe(
      `attachment; filename="transactions-S1-202609-china-joint-CNY.${format}"`,
    );
    const rows: unknown[][] = format === 'csv' ? parse(bytes, { bom: true }) : await readSheet(bytes);
    expect(column(rows, 'Order line').sort()).toEqual([
      ...['F-1-000001', 'F-1-000001', 'F-2-000001', 'F-3-000001'],
    ]);
    expect(new Set(column(rows, '账单 Bill'))).toContain(BILL);
    const { body: bill } = await seller.bill(BILL);
    expect(sumOf(column(rows, 'Gross'))).toBe(bill.gross.minor + bill.refunds.minor);
    expect(sumOf(column(rows, '平台费用 Fee'))).toBe(bill.fee.minor);
    expect(sumOf(column(rows, 'Net'))).toBe(bill.net.minor);
  });

  it('need a format that there is', async () => {
    for (const query of ['', '?format=ods', '?format=csv&period=202609']) {
      expectProblem(await seller.billTransactions(BILL, query), 400, 'INVALID_REQUEST');
    }
  });
});

describe('both', () => {
  const FILES = [
    (caller: Caller, billId: string) => caller.billStatement(billId),
    (caller: Caller, billId: string) => caller.billTransactions(billId, '?format=csv'),
  ];

  it('are for operators, and the seller whose bill it is; others find none', async () => {
    for (const fetch of FILES) {
      expect((await fetch(operator, OTHER)).status).toBe(200);
      expect((await fetch(rig.as('seller', 'S2'), OTHER)).status).toBe(200);
      expectProblem(await fetch(seller, OTHER), 404, 'NOT_FOUND');
      expectProblem(await fetch(operator, 'S9/202609/china/joint/CNY'), 404, 'NOT_FOUND');
      expectProblem(await fetch(operator, 'S1/2026-9/china/joint/CNY'), 400, 'INVALID_REQUEST');
      for (const role of ['buyer', 'carrier', 'platform'] as const) {
        expectProblem(await fetch(rig.as(role, 'S1'), BILL), 403, 'FORBIDDEN');
      }
    }
  });

  it('are for a seller only once it has signed the agreement', async () => {
    await publishAgreement(rig.db, { version: '2026-11', text: '合作协议' });
    for (const fetch of FILES) {
      const { detail } = expectProblem(await fetch(seller, BILL), 403, 'AGREEMENT_NOT_SIGNED');
      expect(detail).toContain('2026-11');
      expect((await fetch(operator, BILL)).status).toBe(200);
    }
    await signAgreement(rig.db, '2026-11', 'S1');
    for (const fetch of FILES) expect((await fetch(seller, BILL)).status).toBe(200);
  });
});
