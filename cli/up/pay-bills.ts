import { setTimeout as sleep } from 'node:timers/promises';
import type { BillSummary } from '../../client';
import { billFlowName, BILL_FLOWS } from '../../domain/billing/flows';
import { isBillEnd } from '../../domain/billing/machine';
import { BILL_HANDS } from './bill-hands';
import type { DemoClients } from './clients';
import { clockTime } from './clock-time';
import { isPassing } from './lend';
import { signAgreement } from './sign-agreement';

/** How often the demo looks at its bills, in ms. */
const LOOK_EVERY = 1_000;

/** How a bill of the demo ended, in the last line of `--exit`. */
export interface PaidBill {
  billId: string;
  expected: 'PAID';
  node: string;
  paymentId: string | null;
}

/**
 * Leads the bills of a month to their payments: the agreement is signed, and each bill gets the hands of its flow.
 *
 * @param tell hears each move, for people
 * @returns undefined when `stop` came first
 */
export async function payBills(
  clients: DemoClients,
  period: string,
  tell: (line: string) => void,
  stop: AbortSignal,
): Promise<readonly PaidBill[] | undefined> {
  const refused = await signAgreement(clients);
  if (refused !== null) tell(`✓ The seller looks at its bills and is told: ${refused}. It signs.`);
  const seen = new Map<string, string>();
  while (!stop.aborted) {
    const bills: BillSummary[] = [];
    for await (const bill of clients.operator.eachBill({ period })) bills.push(bill);
    for (const bill of bills) {
      const line = billLine(bill);
      if (seen.get(bill.billId) !== line) tell(line);
      seen.set(bill.billId, line);
    }
    const open = bills.filter((bill) => !hasEnded(bill));
    if (open.length === 0) return allEnded(clients, bills);
    for (const bill of open) await lendHand(clients, bill);
    await sleep(LOOK_EVERY, undefined, { signal: stop }).catch(() => undefined);
  }
  return undefined;
}

/**
 * Makes the next move, if it is time for it and what it answers was shown. Each one before has left an entry in the
 * log.
 */
async function lendHand(clients: DemoClients, shown: BillSummary): Promise<void> {
  const bill = await clients.operator.bill(shown.billId);
  if (bill.node !== shown.node || bill.overdue !== shown.overdue) return;
  const lent = bill.log.filter(({ command }) => command !== null).length;
  const next = BILL_HANDS[billFlowName(bill)][lent];
  if (!next || next.node !== bill.node || (next.overdue && !bill.overdue)) return;
  try {
    await next.give(clients, bill, `demo/${bill.billId}/${lent}`);
  } catch (error) {
    // The next look decides again.
    if (!isPassing(error)) throw error;
  }
}

function hasEnded(bill: BillSummary): boolean {
  return isBillEnd(BILL_FLOWS[billFlowName(bill)], bill.node);
}

function allEnded({ operator }: DemoClients, bills: readonly BillSummary[]): Promise<PaidBill[]> {
  const ids = bills.map(({ billId }) => billId).sort();
  return Promise.all(
    ids.map(async (billId) => {
      const { node, payment } = await operator.bill(billId);
      return { billId, expected: 'PAID', node, paymentId: payment?.paymentId ?? null };
    }),
  );
}

function billLine({ billId, node, waitingFor, dueAt, overdue }: BillSummary): string {
  const mark = node === 'PAID' ? '✓ ' : '';
  const until = dueAt === null ? '' : ` until ${clockTime(dueAt, Date.now())}`;
  const waits =
    waitingFor === 'nobody' ? '' : `  waits for ${waitingFor}${until}${overdue ? ', overdue' : ''}`;
  return `${billId.padEnd(34)} ${mark}${node}${waits}`;
}
