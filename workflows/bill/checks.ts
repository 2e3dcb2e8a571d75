import { BILL_COMMANDS, type BillCommand } from '../../domain/billing/commands';
import { INVOICE_NUMBER, PAPER_NUMBER } from '../../domain/billing/invoice';
import type { BillRequest } from '../../domain/billing/life';
import { commandsIn } from '../../domain/billing/machine';
import { formatMoney, type Money } from '../../domain/money';
import type { Role } from '../../domain/parties';
import type { BillBody } from '../../domain/schemas/bills';
import { formatTime, isWritable } from '../../domain/time';
import { isDocument } from '../checks';
import { refusal } from '../refusal';
import type { BillLife } from './life';

/** Who may, and whether it is possible now. The API has checked the party before; the workflow does not rely on it. */
export function checkPossible(life: BillLife, command: BillCommand, { role, sub }: BillRequest['by']): void {
  const roles: readonly Role[] = BILL_COMMANDS[command];
  const { bill, state, flow, payable } = life;
  if (!roles.includes(role)) throw refusal('FORBIDDEN', { role, roles: roles.join(', ') });
  if (role === 'seller' && sub !== bill.sellerId) throw refusal('NOT_FOUND', { what: 'bill', id: bill.id });
  if (life.ended) throw refusal('BILL_ENDED', { billId: bill.id, node: state.node });
  if (state.pending !== null) throw refusal('BILL_BUSY', { command: state.pending });
  const possible = commandsIn(flow, { node: state.node, payableMinor: payable.minor });
  if (!possible.includes(command)) {
    throw refusal('NOT_ALLOWED_NOW', { command, node: state.node, allowed: possible.join(', ') });
  }
}

/** What an operator adds to a bill, or takes from it: not more than it pays. */
export function checkAdjustment({ payable }: BillLife, { data }: BillRequest<BillBody<'adjust'>>): void {
  const { minor } = checkMoney(payable, data.amount);
  if (minor === 0) throw refusal('INVALID_REQUEST', { problems: 'amount.minor: more or less than nothing' });
  if (payable.minor + minor < 0) {
    const asked = formatMoney({ ...payable, minor: 0 - minor });
    throw refusal('ADJUSTMENT_TOO_LARGE', { payable: formatMoney(payable), asked });
  }
}

/** An invoice is of the bill's amount to the cent, and comes on paper or electronically. */
export function checkInvoice({ payable }: BillLife, { data }: BillRequest<BillBody<'submit-invoice'>>): void {
  const { number, amount, taxRate, courierNumber, eInvoice, paymentRequestNumber } = data;
  checkText(INVOICE_NUMBER, 'number', number);
  checkText(PAPER_NUMBER, 'paymentRequestNumber', paymentRequestNumber);
  if (!Number.isSafeInteger(taxRate) || taxRate < 0 || taxRate > 10_000) {
    throw refusal('INVALID_REQUEST', { problems: 'taxRate: basis points, 0 to 10000' });
  }
  if ((courierNumber === undefined) === (eInvoice === undefined)) {
    throw refusal('INVALID_REQUEST', { problems: 'either courierNumber or eInvoice' });
  }
  if (courierNumber !== undefined) checkText(PAPER_NUMBER, 'courierNumber', courierNumber);
  if (eInvoice !== undefined && !isDocument(eInvoice)) {
    throw refusal('INVALID_REQUEST', { problems: 'eInvoice: {name, url (https), sha256}' });
  }
  const asked = checkMoney(payable, amount);
  if (asked.minor !== payable.minor) {
    throw refusal('INVOICE_AMOUNT_WRONG', { payable: formatMoney(payable), asked: formatMoney(asked) });
  }
}

/** The sign-off: it has been, and after the invoice was sent in. */
export function checkSignedAt(
  { state }: BillLife,
  { data: { at } }: BillRequest<BillBody<'sign-for-invoice'>>,
): void {
  if (at === undefined) return;
  const signedAt = Date.parse(at);
  const submittedAt = state.invoice?.submittedAt ?? 0;
  if (isWritable(signedAt) && signedAt <= Date.now() && signedAt >= submittedAt) return;
  const problems = `at: a moment from ${formatTime(submittedAt)} on, and not in the future`;
  throw refusal('INVALID_REQUEST', { problems });
}

/** What a payment is known by. */
export function checkPaymentId(_life: BillLife, { data }: BillRequest<BillBody<'record-payment'>>): void {
  checkText(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'paymentId', data.paymentId);
}

/** A seller does not ask again and again. */
export function checkAskedLately({ state, windows }: BillLife): void {
  const again = (state.askedAt ?? -Infinity) + windows.askAgain;
  if (again > Date.now()) throw refusal('ASKED_LATELY', { at: formatTime(again) });
}

function checkMoney({ currency }: Money, asked: Money | undefined): Money {
  if (asked === undefined || !Number.isSafeInteger(asked.minor)) {
    throw refusal('INVALID_REQUEST', { problems: 'amount: {currency, minor}, minor a whole number' });
  }
  if (asked.currency === currency) return asked;
  throw refusal('BILL_CURRENCY_MISMATCH', { currency, asked: asked.currency });
}

function checkText(pattern: RegExp, field: string, value: unknown): void {
  if (typeof value === 'string' && pattern.test(value)) return;
  throw refusal('INVALID_REQUEST', { problems: `${field}: of the form ${pattern.source}` });
}
