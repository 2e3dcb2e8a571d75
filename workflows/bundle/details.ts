import type { BundlePhase, BundleRequest, Standing } from '../../domain/bundle';
import type { WaitingFor } from '../../domain/parties';
import { formatMoney } from '../../domain/money';
import { escapeMarkdown, list } from '../details';
import type { BundleState } from './machine';

/** What each phase is, and whose move it is, for people who never read this code. */
export const PHASES: Record<BundlePhase, { words: string; waitingFor: WaitingFor }> = {
  RESERVING: { words: 'Every line is held still before any seller is asked', waitingFor: 'nobody' },
  ASKING: { words: 'The sellers are asked', waitingFor: 'nobody' },
  WAITING: { words: 'Waiting until every seller has approved, or one rejects', waitingFor: 'seller' },
  LOCKING: { words: 'All sellers approved; making sure of every line', waitingFor: 'nobody' },
  UNLOCKING: { words: 'A line is held up, by an appeal; all wait for it', waitingFor: 'nobody' },
  APPROVED: { words: 'All lines are refunded', waitingFor: 'nobody' },
  REJECTED: { words: 'A seller rejected; nothing of it is refunded', waitingFor: 'nobody' },
  REFUSED: { words: 'A line refused, or came to another end; nothing is refunded', waitingFor: 'nobody' },
  WITHDRAWN: { words: 'The buyer took it back; nothing is refunded', waitingFor: 'nobody' },
};

const STANDINGS: Record<Standing, string> = {
  RESERVED: 'reserved',
  ASKED: 'waits for its seller',
  AGREED: 'approved',
  FROZEN: 'approved, but an appeal is open: an operator is to resolve it',
  LOCKED: 'approved, and held still',
  REJECTED: 'rejected by its seller',
  REFUSED: 'came to another end',
  OVER: 'knows the end',
};

/** The page of a bundle's unsubscription in the Temporal UI. */
export function details({ orderId, reason, lines: asked }: BundleRequest, state: BundleState): string {
  const rows = state.lines.map(({ orderLineId, standing }, n) => {
    const { sellerId, amount } = asked[n] ?? {};
    const about = amount ? `${formatMoney(amount)} of \`${sellerId ?? ''}\`` : '';
    return `\`${orderLineId}\`, ${about}: ${standing === null ? 'not answered yet' : STANDINGS[standing]}`;
  });
  const { refusal } = state;
  return [
    `**${PHASES[state.phase].words}** (${state.phase})`,
    list(rows),
    ...(refusal ? [`**Refused** by line \`${refusal.orderLineId}\`: ${refusal.code}`] : []),
    `The buyer's reason: ${escapeMarkdown(reason)}`,
    `All of it: \`steward order show ${orderId}\``,
  ].join('\n\n');
}
