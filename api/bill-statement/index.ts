import { billProducts } from '../../db/billing/bill-products';
import type { RegisteredBill } from '../../db/billing/bills';
import type { Database } from '../../db/connect';
import { getSeller } from '../../db/sellers';
import { cutOffOf } from '../../domain/ledger/account-period';
import { billAnswer } from '../read-bill';
import { printPdf } from './pdf';
import { PRODUCTS_SHOWN } from './products';
import { drawStatement } from './statement';

/**
 * The statement of a bill (结算单) as a PDF, in Chinese and English: a few pages however many transactions it has, which
 * are in a file of their own. The same state of the bill gives the same bytes, as long as nobody is renamed.
 */
export async function billStatement(database: Database, registered: RegisteredBill): Promise<Buffer> {
  const { bill, view } = registered;
  const seller = await getSeller(database, bill.sellerId);
  const products = await billProducts(database, bill.id, PRODUCTS_SHOWN);
  // When it last changed; one whose life has not begun is from the end of its month.
  const asOf = view.log.at(-1)?.at ?? cutOffOf(bill.period);
  const statement = { bill: billAnswer(registered), sellerName: seller?.name ?? null, products };
  return printPdf({ title: `结算单 Statement ${bill.id}`, asOf }, (pdf) => drawStatement(pdf, statement));
}
