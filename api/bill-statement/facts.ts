import type { BillDetails } from '../../domain/answers';
import type { BillVariant } from '../../domain/ledger/transaction';
import { formatMoney } from '../../domain/money';
import type { Site } from '../../domain/schemas/order';
import type { Statement } from './statement';
import { NOTHING, time, type Fact } from './tables';

const SITES: Record<Site, string> = { china: '中国站 China', intl: '国际站 International' };
const VARIANTS: Record<BillVariant, string> = { general: '通用 General', joint: '联营等 Joint and the like' };
const VERDICTS = { VALID: '校验通过 Valid', REJECTED: '已驳回 Rejected' };

/** Whose bill it is and of what, and how far it is. */
export function billFacts({ bill, sellerName }: Statement): Fact[] {
  const { zh, en } = bill.nodeName;
  return [
    ['商家 Seller', sellerName ?? NOTHING],
    ['商家编号 Seller id', bill.sellerId],
    ['账期 Period', bill.period],
    ['站点 Site', SITES[bill.site]],
    ['账单类型 Variant', VARIANTS[bill.variant]],
    ['币种 Currency', bill.payable.currency],
    ['状态 State', `${zh} ${en}`],
    ['截止时间 Due', bill.dueAt && marked(time(bill.dueAt), bill.overdue && '已逾期 overdue')],
  ];
}

/** The latest invoice. */
export function invoiceFacts(invoice: NonNullable<BillDetails['invoice']>): Fact[] {
  const { verdict, verdictAt, late } = invoice;
  return [
    ['发票号码 Number', invoice.number],
    ['申付号 Request no.', invoice.paymentRequestNumber],
    ['金额 Amount', formatMoney(invoice.amount)],
    ['税率 Tax rate', `${(invoice.taxRate / 100).toFixed(2)}%`],
    ['快递单号 Courier', invoice.courierNumber],
    ['电子发票 File', invoice.eInvoice && invoice.eInvoice.name],
    ['提交 Submitted', time(invoice.submittedAt)],
    ['签收 Signed for', time(invoice.signedAt)],
    ['校验 Validation', verdict && marked(VERDICTS[verdict], late && '逾期 late')],
    ['校验时间 At', verdictAt && time(verdictAt)],
  ];
}

export function paymentFacts({ paymentId, at }: NonNullable<BillDetails['payment']>): Fact[] {
  return [
    ['付款编号 Number', paymentId],
    ['付款时间 Paid at', time(at)],
  ];
}

/** What is so, and what is to be said of it. */
function marked(value: string, remark: string | false): string {
  return remark ? `${value}, ${remark}` : value;
}
