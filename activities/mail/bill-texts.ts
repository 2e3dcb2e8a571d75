import type { BillMailKind } from '../../domain/billing/mail';
import type { BillNode } from '../../domain/billing/nodes';
import type { Language } from '../../domain/schemas/primitives';
import type { KindText } from './texts';

/** All that mails about bills say in one language, beside what all mails say. */
export interface BillTexts {
  /** The whole subject line. */
  subject: (billId: string, subject: string) => string;
  labels: Record<
    'bill' | 'node' | 'payable' | 'dueAt' | 'invoice' | 'courier' | 'paymentRequest' | 'electronic',
    string
  >;
  kinds: Record<BillMailKind, KindText>;
  /** What whoever's move it is in a node is asked to do. */
  moves: Partial<Record<BillNode, string>>;
}

const en: BillTexts = {
  subject: (billId, subject) => `Bill ${billId}: ${subject}`,
  labels: {
    bill: 'Bill',
    node: 'Stage',
    payable: 'Payable',
    dueAt: 'Time limit',
    invoice: 'Invoice',
    courier: 'Courier number',
    paymentRequest: 'Payment request number',
    electronic: 'electronic',
  },
  kinds: {
    'bill-your-move': { subject: 'your move', paragraphs: ['The bill has come to a step that is yours.'] },
    'bill-objected': {
      subject: 'the seller objects',
      paragraphs: ['The seller does not agree with the bill. It is under review again.'],
    },
    'bill-reminder': { subject: 'a time limit comes near', paragraphs: ['This step is not done yet.'] },
    'bill-overdue': {
      subject: 'overdue',
      paragraphs: ['The time limit of this step is over, and it is not done. It can still be done.'],
    },
    'bill-invoice-rejected': {
      subject: 'the invoice was rejected',
      paragraphs: ['The invoice was not found right. The same number cannot be used again.'],
    },
    'bill-invoice-validated': {
      subject: 'the invoice was validated',
      paragraphs: ['The invoice was found right, and the bill is being paid.'],
    },
    'bill-progress-asked': {
      subject: 'the seller asks for progress',
      paragraphs: ['The seller asks how far this bill is.'],
    },
    'bill-payment-failed': {
      subject: 'a payment failed',
      paragraphs: [
        'A payment of this bill failed. It is paid again; there is no need to send another invoice.',
      ],
    },
    'bill-paid': { subject: 'paid', paragraphs: ['The bill was paid.'] },
    'bill-settled': {
      subject: 'closed without payment',
      paragraphs: ['There is nothing to pay by this bill, and it is closed.'],
    },
  },
  moves: {
    UNDER_REVIEW: 'Please review the bill, and let it pass with review-pass.',
    AWAITING_CONFIRMATION: 'Please check the bill, and confirm it, or object to it with your reason.',
    AWAITING_INVOICE:
      'Please issue an invoice of the amount of the bill to Huawei Cloud, send it, and submit its number with submit-invoice.',
    INVOICE_SENT: 'An invoice is on its way. Please sign for it with sign-for-invoice when it arrives.',
    INVOICE_VALIDATING: 'Please validate the invoice, or reject it with the reason.',
    COUNTERSIGNING: 'Please countersign the bill.',
    PAYING: 'Please pay the bill, and record the payment with record-payment.',
  },
};

const zh: BillTexts = {
  subject: (billId, subject) => `账单 ${billId}：${subject}`,
  labels: {
    bill: '账单',
    node: '当前环节',
    payable: '应付金额',
    dueAt: '截止时间',
    invoice: '发票号码',
    courier: '快递单号',
    paymentRequest: '申付号',
    electronic: '电子发票',
  },
  kinds: {
    'bill-your-move': { subject: '请处理', paragraphs: ['账单已流转到由您处理的环节。'] },
    'bill-objected': { subject: '商家有异议', paragraphs: ['商家对账单有异议，账单已退回审核。'] },
    'bill-reminder': { subject: '即将到期', paragraphs: ['该环节尚未完成。'] },
    'bill-overdue': { subject: '已超期', paragraphs: ['该环节已超过截止时间，仍未完成，可继续办理。'] },
    'bill-invoice-rejected': {
      subject: '发票被驳回',
      paragraphs: ['发票未通过校验。原发票号码不可再次使用，请重新开具。'],
    },
    'bill-invoice-validated': { subject: '发票校验通过', paragraphs: ['发票已校验通过，账单进入付款环节。'] },
    'bill-progress-asked': { subject: '商家询问进度', paragraphs: ['商家询问该账单的处理进度。'] },
    'bill-payment-failed': {
      subject: '付款失败',
      paragraphs: ['该账单的一次付款失败，将重新付款，无需重新开票。'],
    },
    'bill-paid': { subject: '已付款', paragraphs: ['该账单已付款。'] },
    'bill-settled': { subject: '无需付款，已结清', paragraphs: ['该账单无应付金额，已结清。'] },
  },
  moves: {
    UNDER_REVIEW: '请审核账单，审核无误后使用 review-pass 通过。',
    AWAITING_CONFIRMATION: '请核对账单并确认；如有异议，请说明原因提出异议。',
    AWAITING_INVOICE: '请按账单金额面向华为云开具发票并寄出，再使用 submit-invoice 提交发票信息。',
    INVOICE_SENT: '发票已寄出，收到后请使用 sign-for-invoice 签收。',
    INVOICE_VALIDATING: '请校验发票；如不合格，请说明原因驳回。',
    COUNTERSIGNING: '请会签账单。',
    PAYING: '请付款，并使用 record-payment 登记。',
  },
};

export const BILL_TEXTS: Record<Language, BillTexts> = { zh, en };
