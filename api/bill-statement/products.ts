import type { BillProduct } from '../../db/billing/bill-products';
import type { BillDetails } from '../../domain/answers';
import type { TransactionTotals } from '../../domain/ledger/bill';
import { amount, bold, right, text, type Cell, type Table } from './tables';

/** A statement stays short: what further products a bill has is in one row. */
export const PRODUCTS_SHOWN = 40;

/** What a bill is made of, by product, and in all. */
export function productTable(bill: BillDetails, products: readonly BillProduct[]): Table {
  const all = totalsOf(bill);
  const others = products.reduce(less, all);
  const numbers = ['交易数 Count', '交易金额 Gross', '退款 Refunds', '费用 Fee', '净额 Net'];
  return {
    columns: ['*', 56, 80, 72, 68, 80],
    head: [text('商品 Product'), ...numbers.map(right)],
    rows: [
      ...products.map((product) => row(`${product.productName ?? ''} ${product.productId}`.trim(), product)),
      ...(others.transactions === 0 ? [] : [row('其他商品 Other products', others)]),
      row('合计 Total', all).map(bold),
    ],
  };
}

function row(name: string, totals: TransactionTotals): Cell[] {
  const { currency, transactions, grossMinor, refundsMinor, feeMinor, netMinor } = totals;
  const amounts = [grossMinor, refundsMinor, feeMinor, netMinor];
  return [
    ...[text(name), right(String(transactions))],
    ...amounts.map((minor) => amount({ currency, minor })),
  ];
}

function totalsOf({ transactions, gross, refunds, fee, net }: BillDetails): TransactionTotals {
  const amounts = { grossMinor: gross.minor, refundsMinor: refunds.minor, feeMinor: fee.minor };
  return { currency: gross.currency, transactions, ...amounts, netMinor: net.minor };
}

function less(all: TransactionTotals, part: TransactionTotals): TransactionTotals {
  return {
    currency: all.currency,
    transactions: all.transactions - part.transactions,
    grossMinor: all.grossMinor - part.grossMinor,
    refundsMinor: all.refundsMinor - part.refundsMinor,
    feeMinor: all.feeMinor - part.feeMinor,
    netMinor: all.netMinor - part.netMinor,
  };
}
