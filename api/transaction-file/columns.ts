import type { ListedTransaction } from '../../domain/ledger/listed-transaction';
import { BILLING_STATES, type KeptBack, type TransactionKind } from '../../domain/ledger/transaction';
import { majorUnits } from '../../domain/money';

/** Text, or an amount in major units: the only numbers in a file. */
export type Cell = string | number;

/** A column of the file. */
export interface Column {
  /** Chinese, then English: one file for both. */
  header: string;
  /** In characters. */
  width: number;
  holds: 'text' | 'amount';
  cell: (transaction: ListedTransaction) => Cell;
}

const KINDS: Record<TransactionKind, string> = { SALE: '销售 SALE', REFUND: '退款 REFUND' };

/** The names of the reasons (domain.md 5.1). */
const REASONS: Record<KeptBack, string> = {
  SUPERVISION_NOT_FINISHED: '监管未完成 SUPERVISION_NOT_FINISHED',
  NOT_REPAID: '信用客户未还款 NOT_REPAID',
  FIVE_DAYS_OPEN: '五天无理由退订期内 FIVE_DAYS_OPEN',
  SELLER_NOT_CERTIFIED: '商家未认证 SELLER_NOT_CERTIFIED',
  BILLING_DATE_NOT_REACHED: '未到出账日 BILLING_DATE_NOT_REACHED',
};

/** What is in a file of transactions, from left to right. */
export const COLUMNS: readonly Column[] = [
  text('交易编号 Transaction', 34, ({ transactionId }) => transactionId),
  text('类型 Kind', 14, ({ kind }) => KINDS[kind]),
  text('站点 Site', 10, ({ site }) => site),
  text('订单号 Order', 24, ({ orderId }) => orderId),
  text('订单行 Order line', 30, ({ orderLineId }) => orderLineId),
  text('商家 Seller', 16, ({ sellerId }) => sellerId),
  text('商家名称 Seller name', 24, ({ sellerName }) => sellerName),
  text('买家 Buyer', 16, ({ buyerId }) => buyerId),
  text('商品 Product', 16, ({ productId }) => productId),
  text('商品名称 Product name', 24, ({ productName }) => productName),
  text('经营模式 Trade', 16, ({ trade }) => trade),
  text('账单类型 Bill variant', 18, ({ variant }) => variant),
  text('计费模式 Charging', 18, ({ chargingMode }) => chargingMode),
  text('币种 Currency', 14, ({ gross }) => gross.currency),
  amount('交易金额 Gross', ({ gross }) => majorUnits(gross)),
  text('平台费率 Fee rate', 16, ({ feeRate }) => `${(feeRate / 100).toFixed(2)}%`),
  amount('平台费用 Fee', ({ fee }) => majorUnits(fee)),
  amount('商家净额 Net', ({ net }) => majorUnits(net)),
  time('下单时间 Ordered at', ({ orderedAt }) => orderedAt),
  time('完成时间 Completed at', ({ completedAt }) => completedAt),
  time('还款时间 Repaid at', ({ repaidAt }) => repaidAt),
  text('账期 Account period', 20, ({ accountPeriod }) => accountPeriod),
  text('出账状态 Billing state', 22, ({ billingState }) => `${BILLING_STATES[billingState]} ${billingState}`),
  text('账单 Bill', 40, ({ billId }) => billId),
  text('未出账原因 Not billed because', 46, ({ keptBack }) => keptBack && REASONS[keptBack]),
];

function text(header: string, width: number, read: (of: ListedTransaction) => string | null): Column {
  return { header, width, holds: 'text', cell: (of) => read(of) ?? '' };
}

function amount(header: string, cell: (of: ListedTransaction) => number): Column {
  return { header, width: 18, holds: 'amount', cell };
}

/** The API's times are in UTC+8: `2026-11-23 18:00:00`, which spreadsheet programs take for a time. */
function time(header: string, read: (of: ListedTransaction) => string | null): Column {
  return text(`${header} (UTC+8)`, 30, (of) => read(of)?.slice(0, 19).replace('T', ' ') ?? null);
}

/** The rows of a file, one at a time. */
export async function* rowsOf(pages: AsyncIterable<ListedTransaction[]>): AsyncGenerator<Cell[], void, void> {
  for await (const page of pages) {
    for (const transaction of page) yield COLUMNS.map(({ cell }) => cell(transaction));
  }
}
