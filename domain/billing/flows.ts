import type { BillVariant } from '../ledger/transaction';
import type { WaitingFor } from '../parties';
import type { Site } from '../schemas/order';
import type { BillCommand } from './commands';
import type { BillNode } from './nodes';
import type { BillWindows } from './windows';

/** What a bill does in a node, as data. */
export interface BillStep {
  waitingFor: WaitingFor;
  /** Where each command leads; the first one is the way that bills are meant to take. */
  moves?: Partial<Record<BillCommand, BillNode>>;
  /** Commands that change or note something, and leave the bill where it is. */
  stays?: readonly BillCommand[];
  /** It goes on by itself, at once. */
  passesTo?: BillNode;
  /** From here on there is money to pay: a bill that has none is `SETTLED` instead. */
  needsMoney?: true;
  /** How long it may take. */
  window?: 'review' | 'countersign' | 'invoice' | 'validation' | 'payment';
  /** When whoever it waits for is reminded before the window ends. */
  reminders?: keyof Pick<BillWindows, 'invoiceReminders'>;
  /** Overdue it is told again and again, not once. */
  tellsAgain?: true;
}

export type BillFlow = Partial<Record<BillNode, BillStep>>;

/** `international` is `joint` without the confirmation, which was dropped there on 2024-12-24 (domain.md 5.2). */
export const BILL_FLOW_NAMES = ['joint', 'international', 'general'] as const;
export type BillFlowName = (typeof BILL_FLOW_NAMES)[number];

const GENERATED: BillStep = { waitingFor: 'nobody', passesTo: 'UNDER_REVIEW' };
const END: BillStep = { waitingFor: 'nobody' };

/** Without `record-payment` nothing is paid: a failed payment is noted, and another one made. */
const PAYMENT: BillFlow = {
  PAYING: {
    waitingFor: 'operator',
    moves: { 'record-payment': 'PAID' },
    stays: ['payment-failed'],
    window: 'payment',
    tellsAgain: true,
  },
  PAID: END,
  SETTLED: END,
};

/** The seller invoices Huawei Cloud, which pays what it has validated (domain.md 5.3). */
const INVOICING: BillFlow = {
  AWAITING_INVOICE: {
    waitingFor: 'seller',
    moves: { 'submit-invoice': 'INVOICE_SENT' },
    needsMoney: true,
    window: 'invoice',
    reminders: 'invoiceReminders',
  },
  INVOICE_SENT: { waitingFor: 'operator', moves: { 'sign-for-invoice': 'INVOICE_VALIDATING' } },
  INVOICE_VALIDATING: {
    waitingFor: 'operator',
    moves: { 'validate-invoice': 'PAYING', 'reject-invoice': 'INVOICE_REJECTED' },
    window: 'validation',
    tellsAgain: true,
  },
  INVOICE_REJECTED: { waitingFor: 'nobody', passesTo: 'AWAITING_INVOICE' },
  ...PAYMENT,
};

/** The lives of bills, by variant and site. All begin as `GENERATED`. */
export const BILL_FLOWS: Record<BillFlowName, BillFlow> = {
  joint: {
    GENERATED,
    UNDER_REVIEW: {
      waitingFor: 'operator',
      moves: { 'review-pass': 'AWAITING_CONFIRMATION' },
      stays: ['adjust'],
    },
    AWAITING_CONFIRMATION: {
      waitingFor: 'seller',
      moves: { 'confirm-bill': 'AWAITING_INVOICE', object: 'UNDER_REVIEW' },
    },
    ...INVOICING,
  },
  international: {
    GENERATED,
    UNDER_REVIEW: {
      waitingFor: 'operator',
      moves: { 'review-pass': 'AWAITING_INVOICE' },
      stays: ['adjust'],
    },
    ...INVOICING,
  },
  general: {
    GENERATED,
    UNDER_REVIEW: {
      waitingFor: 'operator',
      moves: { 'review-pass': 'COUNTERSIGNING' },
      stays: ['adjust'],
      window: 'review',
      tellsAgain: true,
    },
    COUNTERSIGNING: {
      waitingFor: 'operator',
      moves: { countersign: 'PAYING' },
      needsMoney: true,
      window: 'countersign',
      tellsAgain: true,
    },
    ...PAYMENT,
  },
};

export function billFlowName({ variant, site }: { variant: BillVariant; site: Site }): BillFlowName {
  if (variant === 'general') return 'general';
  return site === 'intl' ? 'international' : 'joint';
}

/** What a bill does in a node; in one that its flow does not have, nothing. */
export function stepOf(flow: BillFlow, node: BillNode): BillStep {
  return flow[node] ?? END;
}
