import type { BillDetails, BillSummary, Page } from '../client';
import { formatMoney, type Money } from '../domain/money';
import { more } from './pages';
import { facts, NOTHING, table, time } from './table';

/** Bills, one to a row. */
export function billsTable(page: Page<BillSummary>): string {
  if (page.items.length === 0) return 'No bills.';
  const rows = page.items.map((bill) => [
    bill.billId,
    String(bill.transactions),
    formatMoney(bill.payable),
    bill.node,
    bill.waitingFor,
    until(bill),
  ]);
  return table(['bill', 'transactions', 'payable', 'node', 'waits for', 'due'], rows) + more(page);
}

/** A bill: what it pays and of what, where it stands, whose move it is and until when, and what happened so far. */
export function billText(bill: BillDetails): string {
  return `${billFacts(bill)}\n\n${logTable(bill)}`;
}

function billFacts(bill: BillDetails): string {
  const { nodeName, invoice, payment, allowed } = bill;
  return facts([
    ['Bill', bill.billId],
    ['Node', `${bill.node}: ${nodeName.en} ${nodeName.zh}`],
    ['Waits for', bill.waitingFor],
    ['Due', until(bill)],
    [
      'Possible now',
      allowed.map(({ command, roles }) => `${command} (${roles.join(', ')})`).join('; ') || NOTHING,
    ],
    ['Transactions', String(bill.transactions)],
    ['Gross', formatMoney(bill.gross)],
    ['Refunds', unlessZero(bill.refunds)],
    ['Fee', formatMoney(bill.fee)],
    ['Net', formatMoney(bill.net)],
    ['Carried in', unlessZero(bill.carriedIn)],
    ['Deposit used', unlessZero(bill.depositUsed)],
    ['Owed', unlessZero(bill.owed)],
    ['Carried out', unlessZero(bill.carriedOut)],
    ['Adjusted', unlessZero(bill.adjusted)],
    ['Payable', formatMoney(bill.payable)],
    ['Invoice', invoice && invoice.number],
    ['Courier', invoice && (invoice.courierNumber ?? 'electronic')],
    ['Payment request', invoice && invoice.paymentRequestNumber],
    ['Validated', invoice && verdict(invoice)],
    ['Payment', payment && `${payment.paymentId}, ${time(payment.at)}`],
    ['Workflow', bill.workflowId],
  ]);
}

function until({ dueAt, overdue, provisional }: BillSummary): string {
  return `${time(dueAt)}${overdue ? ', overdue' : ''}${provisional ? ' (provisional)' : ''}`;
}

function verdict({ verdict, verdictAt, late }: NonNullable<BillDetails['invoice']>): string {
  return verdict === null ? NOTHING : `${verdict}, ${time(verdictAt)}${late ? ', late' : ''}`;
}

function unlessZero(money: Money): string | null {
  return money.minor === 0 ? null : formatMoney(money);
}

function logTable({ log }: BillDetails): string {
  const rows = log.map(({ at, by, command, from, to, note }) => [
    ...[time(at), by, command ?? NOTHING, from === to ? to : `${from} → ${to}`, note],
  ]);
  return table(['when', 'who', 'command', 'node', 'what happened'], rows);
}
