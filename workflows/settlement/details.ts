import type { RunKey } from '../../domain/ledger/bill';
import type { RunPhase } from '../../domain/ledger/run-progress';
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

/** The page of a billing run in the Temporal UI. */
export function details({ site, period }: RunKey, { phase, due, done }: RunState): string {
  const rows = due
    ? [
        `**Sellers:** ${done.sellers} of ${due.sellers}`,
        `**Transactions:** ${done.transactions} of ${due.transactions}`,
        `**Bills:** ${done.bills}`,
      ]
    : [];
  return [
    `**${PHASES[phase]}** (${phase}, site ${site}, month ${period})`,
    ...(rows.length > 0 ? [list(rows)] : []),
    'Cancelled or terminated it loses nothing: ' +
      `\`steward settle --period ${period} --site ${site}\` goes on with what is left.`,
  ].join('\n\n');
}
