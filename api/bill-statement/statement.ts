import type { BillProduct } from '../../db/billing/bill-products';
import type { BillDetails } from '../../domain/answers';
import { billFacts, invoiceFacts, paymentFacts } from './facts';
import { FONTS, GREY, type Pdf } from './pdf';
import { productTable } from './products';
import { progressTable } from './progress';
import { sumTable } from './sums';
import { drawFacts, drawTable, heading } from './tables';

/** All that a statement shows. */
export interface Statement {
  bill: BillDetails;
  /** As the seller is named now; null when it is not registered. */
  sellerName: string | null;
  /** Those that were sold for most. */
  products: readonly BillProduct[];
}

/** What a statement is, from the top to the bottom. */
export function drawStatement(pdf: Pdf, statement: Statement): void {
  const { bill, products } = statement;
  const { invoice, payment } = bill;
  const { currency } = bill.payable;
  pdf.font(FONTS.bold, 18).text('结算单 Statement');
  pdf.font(FONTS.normal, 9).fillColor(GREY).text(bill.billId).moveDown(0.6);
  drawFacts(pdf, billFacts(statement));
  heading(pdf, `金额 Amounts (${currency})`);
  drawTable(pdf, sumTable(bill));
  heading(pdf, `商品 Products (${currency})`);
  drawTable(pdf, productTable(bill, products));
  if (invoice) {
    heading(pdf, '发票 Invoice');
    drawFacts(pdf, invoiceFacts(invoice));
  }
  if (payment) {
    heading(pdf, '付款 Payment');
    drawFacts(pdf, paymentFacts(payment));
  }
  heading(pdf, '进度 Progress');
  drawTable(pdf, progressTable(bill));
}
