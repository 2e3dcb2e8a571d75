import { agreementMissing } from '../db/agreements';
import { getBill, type RegisteredBill } from '../db/billing/bills';
import type { BillDetails, BillSummary } from '../domain/answers';
import { BILL_FLOWS, billFlowName } from '../domain/billing/flows';
import { isBillEnd } from '../domain/billing/machine';
import { BILL_NODES } from '../domain/billing/nodes';
import { StewardError } from '../domain/errors';
import { billWorkflowId } from '../domain/ids';
import type { Party, Role } from '../domain/parties';
import { iso } from '../domain/time';
import type { ApiContext } from './context';

/** Who sees bills: sellers only their own. */
export const BILL_READERS: readonly Role[] = ['seller', 'operator'];

/**
 * A bill that a party may see, as SQL has it. The one place that decides over a seller's access to its bills: to
 * read one, and to give it any command, which answers with it.
 *
 * @throws `NOT_FOUND` for another seller's, as for none; `AGREEMENT_NOT_SIGNED`
 */
export async function billFor(
  { database }: Pick<ApiContext, 'database'>,
  { role, sub }: Party,
  billId: string,
): Promise<RegisteredBill> {
  const found = await getBill(database, billId);
  if (!found || (role === 'seller' && found.bill.sellerId !== sub)) {
    throw new StewardError('NOT_FOUND', { what: 'bill', id: billId });
  }
  await checkAgreement({ database }, { role, sub });
  return found;
}

/**
 * Sellers see bills only after they have signed the present agreement (domain.md 5.1).
 *
 * @throws `AGREEMENT_NOT_SIGNED`, with the version to sign
 */
export async function checkAgreement(
  { database }: Pick<ApiContext, 'database'>,
  { role, sub }: Party,
): Promise<void> {
  if (role !== 'seller') return;
  const version = await agreementMissing(database, sub);
  if (version !== null) throw new StewardError('AGREEMENT_NOT_SIGNED', { version });
}

export function hasEnded({ bill, view }: RegisteredBill): boolean {
  return isBillEnd(BILL_FLOWS[billFlowName(bill)], view.node);
}

/** A bill in a list. */
export function billSummary({ bill, view }: RegisteredBill): BillSummary {
  const { id, sellerId, period, site, variant, currency, transactions } = bill;
  const money = (minor: number) => ({ currency, minor });
  const { revision, node, waitingFor, allowed, dueAt, provisional, overdue, payable } = view;
  return {
    ...{ billId: id, workflowId: billWorkflowId(id), revision },
    ...{ sellerId, period, site, variant, transactions, payable },
    ...{ node, nodeName: BILL_NODES[node], waitingFor, allowed, provisional, overdue },
    dueAt: isoOrNull(dueAt),
    gross: money(bill.grossMinor),
    refunds: money(bill.refundsMinor),
    fee: money(bill.feeMinor),
    net: money(bill.netMinor),
    carriedIn: money(bill.carriedInMinor),
    depositUsed: money(bill.depositUsedMinor),
    owed: money(bill.owedMinor),
    carriedOut: money(bill.carriedOutMinor),
    adjusted: money(view.adjustedMinor),
  };
}

/** A bill by itself. */
export function billAnswer(registered: RegisteredBill): BillDetails {
  const { invoice, payment, log } = registered.view;
  return {
    ...billSummary(registered),
    invoice: invoice && {
      ...invoice,
      submittedAt: iso(invoice.submittedAt),
      signedAt: isoOrNull(invoice.signedAt),
      verdictAt: isoOrNull(invoice.verdictAt),
    },
    payment: payment && { paymentId: payment.paymentId, at: iso(payment.at) },
    log: log.map((entry) => ({ ...entry, at: iso(entry.at) })),
  };
}

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : iso(ms);
}
