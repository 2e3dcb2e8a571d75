import type { BillDetails } from '../../domain/answers';
import { formatMoney, type Money } from '../../domain/money';
import { amount, bold, right, text, type Table } from './tables';

/**
 * How a bill comes to what it pays: what stands above a net or a payable sum adds up to it (`domain/ledger/bill.ts`).
 * What seldom happens is shown when it does.
 */
export function sumTable(bill: BillDetails): Table {
  const sums = [
    ['交易金额 Gross', bill.gross],
    ['退款 Refunds', bill.refunds],
    ['平台费用 Platform fee', negative(bill.fee)],
    ['商家净额 Net', bill.net],
    ...unlessZero('上期结转 Carried in', bill.carriedIn),
    ...unlessZero('保证金抵扣 Deposit used', bill.depositUsed),
    ...unlessZero('商家欠款 Owed by the seller', bill.owed),
    ...unlessZero('结转下期 Carried over to the next bill', negative(bill.carriedOut)),
    ...unlessZero('调整 Adjusted', bill.adjusted),
  ] as const;
  const payable = [text('应付金额 Payable'), right(formatMoney(bill.payable))];
  return {
    columns: ['*', 180],
    rows: [...sums.map(([name, money]) => [text(name), amount(money)]), payable.map(bold)],
  };
}

function negative({ currency, minor }: Money): Money {
  return { currency, minor: 0 - minor };
}

function unlessZero(name: string, money: Money): [string, Money][] {
  return money.minor === 0 ? [] : [[name, money]];
}
