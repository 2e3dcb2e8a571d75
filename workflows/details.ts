import { formatMoney } from '../domain/money';
import { NODES, type Node } from '../domain/nodes';
import { SELLER_ACTIVITIES } from '../domain/seller-calls';
import { formatTime } from '../domain/time';
import type { Line } from './line';

/** What comes next, by node, for people who never read this code. */
const NEXT: Record<Node, (line: Line) => string> = {
  OPENING: ({ state, windows }) => {
    const { n, dueAt } = state.create;
    const last = n >= windows.createCalls;
    const after = last ? 'if it fails too' : `after ${windows.createCalls} failed due calls`;
    return `Due call ${n} of ${windows.createCalls} at ${formatTime(dueAt)}; ${after}, the order is unsubscribed and refunded by itself. Seller or operator can \`restart-call\` earlier.`;
  },
  POLLING: ({ state }) =>
    `Steward asks the seller again and again until ${formatTime(state.poll?.until ?? 0)}; not ready by then, the order is unsubscribed and refunded by itself.`,
  REFUNDING: () => 'The platform takes the refund; Steward sends it until then.',
  REFUND_STUCK: () =>
    'An operator clears it with the platform, then gives `retry-refund` or `record-refund`.',
  RELEASING: ({ state }) =>
    `The seller releases the instance; seller or operator can \`restart-call\` until ${formatTime(state.releaseUntil ?? 0)}, then an operator confirms.`,
  RELEASE_UNCONFIRMED: () =>
    'An operator makes sure that the seller has removed the instance, then gives `confirm-release`.',
  ENDED: () => 'Nothing: the order has ended.',
};

/** The page of a line in the Temporal UI: where it stands, whose move, until when, what failed (design §7). */
export function details(line: Line): string {
  const { state } = line;
  const { en, zh } = NODES[state.node];
  const calls = SELLER_ACTIVITIES.filter((activity) => state.calls[activity] > 0)
    .map((activity) => `${activity} ${state.calls[activity]}`)
    .join(', ');
  const rows = [
    `**${en} · ${zh}** (${state.node}, status ${state.status})`,
    `- **Whose move:** ${state.waitingFor}`,
    `- **Until:** ${state.dueAt === null ? 'no time limit' : formatTime(state.dueAt)}`,
    `- **Next:** ${NEXT[state.node](line)}`,
    `- **Calls to the seller:** ${calls || 'none yet'}`,
  ];
  if (state.exception !== null) rows.push(`- **Last failed call:** ${escapeMarkdown(state.exception)}`);
  const refund = state.undo?.unsubscription;
  if (refund) {
    const { id, status, amount, reason } = refund;
    rows.push(`- **Refund:** ${formatMoney(amount)}, ${status}, id ${id}: ${escapeMarkdown(reason)}`);
  }
  const last = state.log.at(-1);
  if (last) rows.push(`- **Last event:** ${formatTime(last.at)} ${escapeMarkdown(last.note)}`);
  return rows.join('\n');
}

/** What sellers, operators and the platform wrote is data: it must not draw links or headings in the UI. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~&]/g, (sign) => `\\${sign}`);
}
