import { autoAcceptanceWords, shipmentWords } from '../domain/auto-acceptance';
import { formatMoney } from '../domain/money';
import { NODES, type Node } from '../domain/nodes';
import type { LogEntry } from '../domain/order-line';
import { SELLER_ACTIVITIES } from '../domain/seller-calls';
import { formatTime } from '../domain/time';
import { autoAcceptance } from './acceptance';
import { isPending } from './disputes';
import { allowed } from './guards';
import type { Line } from './line';

/** What comes next, by node, for people who never read this code; in supervised nodes what parties can do. */
const NEXT: Partial<Record<Node, (line: Line) => string>> = {
  OPENING: ({ state, windows }) => {
    const { n, dueAt } = state.create;
    const last = n >= windows.createCalls;
    const after = last ? 'if it fails too' : `after ${windows.createCalls} failed due calls`;
    return `Due call ${n} of ${windows.createCalls} at ${formatTime(dueAt)}; ${after}, the order is unsubscribed and refunded by itself. Seller or operator can \`restart-call\` earlier.`;
  },
  POLLING: ({ state }) =>
    `Steward asks the seller again and again until ${formatTime(state.poll?.until ?? 0)}; not ready by then, the order is unsubscribed and refunded by itself.`,
  FIVE_DAYS: ({ state }) =>
    isPending(state)
      ? 'Steward finds out whether the buyer has an unsubscription left this year.'
      : `The buyer can \`unsubscribe\` before ${formatTime(state.fiveDaysUntil ?? 0)} and gets back all that was paid; then the order ends.`,
  REFUNDING: () =>
    'Steward sends the refund until the platform takes it; not taken by then, an operator is asked.',
  REFUND_STUCK: ({ state }) => {
    const sending =
      state.undo?.refused == null
        ? 'Steward goes on sending it (attempts: tab Pending Activities)'
        : 'Steward sends nothing by itself';
    return `${sending}. An operator clears it with the platform, then gives \`retry-refund\` (send it again) or \`record-refund\` (it was paid by hand).`;
  },
  RELEASING: ({ state }) =>
    `The seller releases the instance; seller or operator can \`restart-call\` until ${formatTime(state.releaseUntil ?? 0)}, then an operator confirms.`,
  RELEASE_UNCONFIRMED: () =>
    'An operator makes sure that the seller has removed the instance, then gives `confirm-release`.',
  ENDED: () => 'Nothing: the order has ended.',
};

function possible(line: Line): string {
  const commands = allowed(line).map(({ command, roles }) => `\`${command}\` (${roles.join(', ')})`);
  return `Possible now: ${commands.join(', ') || 'nothing'}.`;
}

/** How many of the latest log entries the page shows. */
const LATELY = 5;

/**
 * The page of a line in the Temporal UI: where it stands, whose move, until when, what failed, how often, and
 * what happened lately (design §7). The UI's markdown needs an empty line before a list, and its frame is a
 * little too low, so that the last paragraph, which can be missed, is found by scrolling.
 */
export function details(line: Line): string {
  const { state, order } = line;
  const { en, zh } = NODES[state.node];
  const rows = [
    // A run that continues another one has no static details.
    `**Order:** ${order.delivery} \`${order.productId}\` of \`${order.sellerId}\`, ${formatMoney(order.amount)}`,
    `**Whose move:** ${state.waitingFor}`,
    `**Until:** ${until(line)}`,
    `**Next:** ${(NEXT[state.node] ?? possible)(line)}`,
    `**Calls to the seller:** ${calls(line)}`,
  ];
  rows.push(...goods(line));
  if (state.exception !== null) rows.push(`**Last failed call:** ${escapeMarkdown(state.exception)}`);
  if (state.undo) {
    const { id, status, amount, reason } = state.undo.unsubscription;
    const { refused } = state.undo;
    rows.push(`**Refund:** ${formatMoney(amount)}, ${status}, id \`${id}\`: ${escapeMarkdown(reason)}`);
    if (refused !== null) rows.push(`**Refused:** ${escapeMarkdown(refused)}`);
  }
  const { unsubscription, appeal } = state;
  if (unsubscription && !state.undo) {
    const { id, status, amount, reason, agreed } = unsubscription;
    const answered = agreed ? ', approved by this seller' : '';
    rows.push(
      `**Unsubscription** \`${id}\`: ${status}${answered}, ${formatMoney(amount)}: ${escapeMarkdown(reason)}`,
    );
  }
  if (appeal) rows.push(`**Appeal** of the ${appeal.by}: ${appeal.status}: ${escapeMarkdown(appeal.reason)}`);
  return [
    `**${en} · ${zh}** (${state.node}, status ${state.status})`,
    list(rows),
    `**Lately**, newest first`,
    list(state.log.slice(-LATELY).reverse().map(story)),
    `All of it: \`steward order show ${line.order.orderId}\``,
  ].join('\n\n');
}

function until({ state, provisional }: Line): string {
  if (state.dueAt === null) return 'no time limit';
  const why = "provisional: that year's holidays are not announced yet";
  return provisional ? `${formatTime(state.dueAt)} (${why})` : formatTime(state.dueAt);
}

/** Where the parcel is, whether the system will accept it, and whether it is to go elsewhere than ordered. */
function goods({ flow, state }: Line): string[] {
  if (!flow.ships) return [];
  const { shipment, addressChanges } = state;
  const acceptance = autoAcceptance(state);
  return [
    `**Parcel:** ${shipment ? escapeMarkdown(shipmentWords(shipment)) : 'not shipped'}`,
    ...(acceptance ? [`**Automatic acceptance:** ${autoAcceptanceWords(acceptance)}`] : []),
    ...(addressChanges > 0
      ? [`**Address:** changed, ${addressChanges} in all; compare it before shipping`]
      : []),
  ];
}

/** How often each activity was called; a line that is still opening had no success among them. */
function calls({ state }: Line): string {
  const made = SELLER_ACTIVITIES.filter((activity) => state.calls[activity] > 0);
  if (made.length === 0) return 'none yet';
  const counts = made.map((activity) => `${activity} ${state.calls[activity]}`).join(', ');
  return state.node === 'OPENING' ? `${counts}, none succeeded` : counts;
}

function story({ at, by, command, note }: LogEntry): string {
  return `${formatTime(at)}, ${by}${command ? ` (\`${command}\`)` : ''}: ${escapeMarkdown(note)}`;
}

export function list(rows: readonly string[]): string {
  return rows.map((row) => `- ${row}`).join('\n');
}

/**
 * What sellers, operators and the platform wrote is data: it must not draw links (hence the colon), formulas
 * or headings in the UI.
 */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~&:$-]/g, (sign) => `\\${sign}`);
}
