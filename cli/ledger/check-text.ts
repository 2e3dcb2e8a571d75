import type { FindingKind } from '../../db/ledger/check';
import { table } from '../table';
import type { LedgerCheck } from './check';

const WORDS: Record<FindingKind, string> = {
  UNBALANCED_ENTRY: 'the amounts of the entry do not sum up to zero',
  TRANSACTION_NOT_POSTED: 'the journal does not have it, or with other amounts',
  ENTRY_WITHOUT_TRANSACTION: 'the journal has it, and there is no such transaction',
  SOLD_TWICE: 'the order line was sold twice',
  REFUNDED_TOO_MUCH: 'more was refunded of the order line than its sale',
  LINE_NOT_POSTED: 'the order line was completed or refunded, and the ledger does not have it',
  BILL_DISAGREES: 'the bill is not the sum of its transactions',
  IN_WRONG_BILL: 'it is in the bill of somebody else, or in one that is not there',
  BILLED_TWICE: 'the order line is in more than one bill',
  VOID_ALONE: 'a sale is void without its refund, or the other way round',
  CARRIED_WRONG: 'what the bill took over is not what was carried over to it',
  PAID_WRONG: 'a bill was paid another sum than it pays',
  PAID_ALONE: 'a bill is said to be paid and was not, or was although there was nothing to pay',
  UNBILLED_DISAGREES: 'what is owed for transactions that are not billed is another sum in the journal',
  CREDIT_DISAGREES: 'what buyers have not repaid is another sum in the journal',
  PAYABLE_DISAGREES: 'what is to be paid to the seller is another sum in the journal',
  OWED_DISAGREES: 'what the seller owes is another sum in the journal',
  CARRIED_DISAGREES: 'what is carried over is another sum in the journal',
  DEPOSIT_DISAGREES: 'what is left of the deposit is another sum in the journal',
};

/** For people. */
export function checkText({ ok, findings }: LedgerCheck): string {
  if (ok) return 'The ledger is clean: everything balances, nothing is missing, nothing is there twice.';
  const rows = findings.map(({ kind, of }) => [kind, of, WORDS[kind]]);
  return table(['finding', 'of', 'what is wrong'], rows);
}
