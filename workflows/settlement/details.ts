import type { BillTotals, RunKey } from '../../domain/ledger/bill';
import type { RunPhase } from '../../domain/ledger/run-progress';
import { formatMoney } from '../../domain/money';
import { list } from '../details';
import type { RunState } from './run';

/** What each phase is, for people who never read this code. */
const PHASES: Record<RunPhase, string> = {
  OPENING: 'What is due is being fixed',
  BILLING: 'Seller after seller is billed',
  STARTING: 'All sellers are billed; their bills are started',
  CLOSING: 'All sellers are billed; the sums are drawn',
  CLOSED: 'The month is billed',
};

/**
 * The page of a billing run in the Temporal UI.
 *
 * @param totals what it came to, once it is closed
 */
export function details(
  { site, period }: RunKey,
  { phase, due, done }: RunState,
  totals: readonly BillTotals[],
): string {
  const rows = due
    ? [
        `**Sellers:** ${done.sellers} of ${due.sellers}`,
        `**Transactions:** ${done.transactions} of ${due.transactions}`,
        `**Bills:** ${done.bills}`,
        ...totals.map(sums),
      ]
    : [];
  return [
    `**${PHASES[phase]}** (${phase}, site ${site}, month ${period})`,
    ...(rows.length > 0 ? [list(rows)] : []),
    phase === 'CLOSED'
      ? 'What is not billed yet, and why: `steward transactions list --billing-state PENDING`.'
      : `Cancelled or terminated it loses nothing: \`steward settle --period ${period} --site ${site}\` ` +
        'goes on with what is left.',
  ].join('\n\n');
}

function sums({ variant, currency, bills, ...of }: BillTotals): string {
  const money = (minor: number) => formatMoney({ currency, minor });
  const amounts = [
    `gross ${money(of.grossMinor)}`,
    `refunds ${money(of.refundsMinor)}`,
    `fee ${money(of.feeMinor)}`,
    `net ${money(of.netMinor)}`,
    `payable ${money(of.payableMinor)}`,
  ];
  return `**${variant} ${currency}**, ${bills} bills: ${amounts.join(', ')}`;
}
