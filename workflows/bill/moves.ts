import { proxyActivities } from '@temporalio/workflow';
import type { BillActivities } from '../../activities/contracts';
import type { BillCommand } from '../../domain/billing/commands';
import type { Invoice } from '../../domain/billing/invoice';
import type { BillRequest } from '../../domain/billing/life';
import { next } from '../../domain/billing/machine';
import { formatMoney } from '../../domain/money';
import type { BillBody } from '../../domain/schemas/bills';
import { formatTime } from '../../domain/time';
import { checkText } from '../checks';
import { BILL_BOOKS } from '../policies';
import { refusal } from '../refusal';
import { checkAdjustment, checkAskedLately, checkInvoice, checkPaymentId, checkSignedAt } from './checks';
import type { BillLife } from './life';

const { claimInvoice, adjustBill, payBill } = proxyActivities<BillActivities>(BILL_BOOKS);

/** What a command does beyond its move: how it is refused, what it asks elsewhere, what it leaves. */
export interface BillRule<C extends BillCommand> {
  check?(life: BillLife, request: BillRequest<BillBody<C>>): void;
  /** Before it takes effect; throws when it is to have none. */
  ask?(life: BillLife, request: BillRequest<BillBody<C>>): Promise<void>;
  record(life: BillLife, request: BillRequest<BillBody<C>>): void;
}

const needsReason = (_life: BillLife, { data }: BillRequest<{ reason: string }>): void =>
  checkText(data, 'reason');

export const BILL_RULES: { [C in BillCommand]: BillRule<C> } = {
  'review-pass': {
    record: (life, { by }) => move(life, 'review-pass', by, 'The bill was reviewed.'),
  },
  adjust: {
    check(life, request) {
      needsReason(life, request);
      checkAdjustment(life, request);
    },
    async ask({ bill, state }, { data }) {
      const n = state.adjustments + 1;
      const { minor: amountMinor } = data.amount;
      const summary = 'Post the adjustment';
      await adjustBill.executeWithOptions({ summary }, [{ billId: bill.id, n, amountMinor }]);
      state.adjustments = n;
    },
    record(life, { by, data }) {
      life.state.adjustedMinor += data.amount.minor;
      const note = `Adjusted by ${formatMoney(data.amount)} to ${formatMoney(life.payable)}: ${data.reason}`;
      move(life, 'adjust', by, note);
    },
  },
  countersign: {
    record: (life, { by }) => move(life, 'countersign', by, 'The bill was countersigned.'),
  },
  'confirm-bill': {
    record: (life, { by }) => move(life, 'confirm-bill', by, 'The seller confirmed the bill.'),
  },
  object: {
    check: needsReason,
    record(life, { by, data }) {
      move(life, 'object', by, data.reason);
      life.mail('bill-objected', ['operator'], data.reason);
    },
  },
  'submit-invoice': {
    check: checkInvoice,
    async ask({ bill, state }, { data: { number } }) {
      state.submissions += 1;
      const claim = { billId: bill.id, submission: state.submissions, number };
      const summary = 'Has no other bill this invoice number?';
      const { claimed } = await claimInvoice.executeWithOptions({ summary }, [claim]);
      if (!claimed) throw refusal('INVOICE_NUMBER_USED', { number });
    },
    record(life, { by, data }) {
      const { number, amount, taxRate, courierNumber = null, eInvoice = null, paymentRequestNumber } = data;
      life.state.invoice = {
        ...{ number, amount, taxRate, courierNumber, eInvoice, paymentRequestNumber },
        ...{ submittedAt: Date.now(), signedAt: null, verdict: null, verdictAt: null, late: false },
      };
      const how = courierNumber === null ? 'electronically' : `by courier, ${courierNumber}`;
      move(life, 'submit-invoice', by, `Invoice ${number} was sent ${how}.`);
    },
  },
  'sign-for-invoice': {
    check: checkSignedAt,
    record(life, { by, data: { at } }) {
      const signedAt = at === undefined ? Date.now() : Date.parse(at);
      if (life.state.invoice) life.state.invoice.signedAt = signedAt;
      move(life, 'sign-for-invoice', by, `The invoice arrived at ${formatTime(signedAt)}.`, signedAt);
    },
  },
  'validate-invoice': {
    record(life, { by }) {
      const late = judge(life, 'VALID') ? ', after its time limit' : '';
      move(life, 'validate-invoice', by, `The invoice is right${late}.`);
      life.mail('bill-invoice-validated', ['seller']);
    },
  },
  'reject-invoice': {
    check: needsReason,
    record(life, { by, data }) {
      judge(life, 'REJECTED');
      move(life, 'reject-invoice', by, data.reason);
      life.mail('bill-invoice-rejected', ['seller'], data.reason);
    },
  },
  'record-payment': {
    check: checkPaymentId,
    async ask({ bill, payable }, { data: { paymentId } }) {
      const summary = 'Post the payment';
      const payment = { billId: bill.id, paymentId, amountMinor: payable.minor };
      await payBill.executeWithOptions({ summary }, [payment]);
    },
    record(life, { by, data: { paymentId } }) {
      life.state.payment = { paymentId, at: Date.now() };
      move(life, 'record-payment', by, `Paid ${formatMoney(life.payable)} by payment ${paymentId}.`);
      life.mail('bill-paid', ['seller']);
    },
  },
  'payment-failed': {
    check: needsReason,
    record(life, { by, data }) {
      move(life, 'payment-failed', by, `A payment failed: ${data.reason}`);
      life.mail('bill-payment-failed', ['operator', 'seller'], data.reason);
    },
  },
  'ask-progress': {
    check: checkAskedLately,
    record(life, { by }) {
      life.state.askedAt = Date.now();
      move(life, 'ask-progress', by, 'The seller asks how far it is.');
      life.mail('bill-progress-asked', ['operator']);
    },
  },
};

/** Goes where a command leads; one that stays only leaves its note. */
function move(
  life: BillLife,
  command: BillCommand,
  { role: by }: BillRequest['by'],
  note: string,
  since = Date.now(),
): void {
  const { node } = life.state;
  const to = next(life.flow, { node, payableMinor: life.payable.minor }, command);
  const story = { by, command, note };
  if (to === null || to === node) return life.note(story);
  life.enter(to, story, since);
  const { waitingFor } = life.step;
  if (life.state.node === 'SETTLED') life.mail('bill-settled', ['seller']);
  else if (!SAID[command] && (waitingFor === 'seller' || waitingFor === 'operator')) {
    life.mail('bill-your-move', [waitingFor]);
  }
}

/** Moves that have a mail of their own to whoever is next. */
const SAID: Partial<Record<BillCommand, true>> = { object: true, 'reject-invoice': true };

/** Writes the verdict to the invoice; true when it came after its time limit. */
function judge({ state }: BillLife, verdict: NonNullable<Invoice['verdict']>): boolean {
  const { invoice, clock } = state;
  if (!invoice) return false;
  const now = Date.now();
  const late = clock?.dueAt != null && now >= clock.dueAt;
  state.invoice = { ...invoice, verdict, verdictAt: now, late };
  return late;
}
