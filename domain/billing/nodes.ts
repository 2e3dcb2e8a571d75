/** Where a bill stands (domain.md 5.3), with the names that people read. */
export const BILL_NODES = {
  GENERATED: { en: 'Generated', zh: '已出账' },
  UNDER_REVIEW: { en: 'Under review', zh: '审核中' },
  AWAITING_CONFIRMATION: { en: 'Seller confirms the bill', zh: '待确认' },
  AWAITING_INVOICE: { en: 'Seller issues the invoice', zh: '待开票' },
  INVOICE_SENT: { en: 'Invoice on its way', zh: '发票已寄出' },
  INVOICE_VALIDATING: { en: 'Invoice being validated', zh: '发票校验中' },
  INVOICE_REJECTED: { en: 'Invoice rejected', zh: '发票已驳回' },
  COUNTERSIGNING: { en: 'Being countersigned', zh: '会签中' },
  PAYING: { en: 'Being paid', zh: '付款中' },
  PAID: { en: 'Paid', zh: '已付款' },
  SETTLED: { en: 'Closed without payment', zh: '已结清（无需付款）' },
} as const;
export type BillNode = keyof typeof BILL_NODES;
export const BILL_NODE_NAMES = Object.keys(BILL_NODES) as [BillNode, ...BillNode[]];
