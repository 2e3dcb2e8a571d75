import { commandsIn } from '../../domain/billing/machine';
import { BILL_NODES } from '../../domain/billing/nodes';
import { formatMoney } from '../../domain/money';
import { formatTime } from '../../domain/time';
import { escapeMarkdown, list } from '../details';
import type { BillLife } from './life';

/** How many of the latest log entries the page shows. */
const LATELY = 5;

/** The page of a bill in the Temporal UI: where it stands, whose move, until when, and what happened lately. */
export function details(life: BillLife): string {
  const { bill, state, payable, flow, step, overdue } = life;
  const { en, zh } = BILL_NODES[state.node];
  const possible = commandsIn(flow, { node: state.node, payableMinor: payable.minor });
  const { invoice, payment, log } = state;
  const rows = [
    `**Payable:** ${formatMoney(payable)}`,
    `**Whose move:** ${step.waitingFor}`,
    `**Until:** ${until(life)}${overdue ? ', overdue' : ''}`,
    `**Possible now:** ${possible.map((command) => `\`${command}\``).join(', ') || 'nothing'}`,
  ];
  if (invoice) {
    const { number, courierNumber, paymentRequestNumber } = invoice;
    const courier = courierNumber === null ? 'electronic' : `courier ${escapeMarkdown(courierNumber)}`;
    rows.push(
      `**Invoice:** ${escapeMarkdown(number)}, ${courier}, payment request ${escapeMarkdown(paymentRequestNumber)}`,
    );
  }
  if (payment) rows.push(`**Payment:** ${escapeMarkdown(payment.paymentId)}`);
  const lately = log.slice(-LATELY).reverse();
  return [
    `**${en} · ${zh}** (${state.node})`,
    list(rows),
    '**Lately**, newest first',
    list(lately.map(({ at, by, note }) => `${formatTime(at)}, ${by}: ${escapeMarkdown(note)}`)),
    `Bill \`${bill.id}\``,
  ].join('\n\n');
}

function until({ state }: BillLife): string {
  const { dueAt = null, provisional = false } = state.clock ?? {};
  if (dueAt === null) return 'no time limit';
  const guess = provisional ? " (provisional: that year's holidays are not announced yet)" : '';
  return `${formatTime(dueAt)}${guess}`;
}
