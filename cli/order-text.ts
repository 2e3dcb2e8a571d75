import type { OrderAnswer, OrderLineAnswer, OrderLineSummary, Page } from '../client';
import { formatMoney } from '../domain/money';
import { NODES } from '../domain/nodes';
import { more } from './pages';
import { facts, NOTHING, table, time } from './table';

/** An order for people: each of its lines. */
export function orderText({ orderId, lines }: OrderAnswer): string {
  return lines.length === 0 ? `Order ${orderId} has no line of yours.` : lines.map(lineText).join('\n\n');
}

/** One line of an order: where it stands, whose move it is and until when, and what happened so far. */
export function lineText(line: OrderLineAnswer): string {
  return `${lineFacts(line)}\n\n${logTable(line)}`;
}

/** Order lines, one to a row. */
export function linesTable(page: Page<OrderLineSummary>): string {
  if (page.items.length === 0) return 'No order lines.';
  const rows = page.items.map((line) => [
    line.orderId,
    line.orderLineId,
    line.sellerId,
    formatMoney(line.amount),
    line.status,
    line.node,
    line.waitingFor,
    time(line.dueAt),
  ]);
  const head = ['order', 'line', 'seller', 'amount', 'status', 'node', 'waits for', 'due'];
  return table(head, rows) + more(page);
}

function lineFacts(line: OrderLineAnswer): string {
  const { buyer, appInfo, unsubscription } = line;
  return facts([
    ['Order', line.orderId],
    ['Line', line.orderLineId],
    ['Status', line.status],
    ['Node', `${line.node}: ${NODES[line.node].en}`],
    ['Waits for', waits(line)],
    ['Possible now', possible(line)],
    ['Amount', formatMoney(line.amount)],
    ['Charging', charging(line)],
    ['Delivery', line.delivery],
    ['Seller', `${line.sellerId}, product ${line.productId}, SKU ${line.skuId}`],
    ['Buyer', line.buyerId],
    ['Buyer contact', buyer ? `${buyer.name}, ${buyer.email}, ${buyer.phone} (${buyer.language})` : null],
    ['Instance', line.instanceId],
    ['Front end', appInfo?.frontEndUrl ?? null],
    ['Administration', appInfo?.adminUrl ?? null],
    ['User name', appInfo?.userName ?? null],
    ['Password', appInfo?.password ?? null],
    ['Memo', appInfo?.memo ?? null],
    [
      'Unsubscription',
      unsubscription &&
        `${unsubscription.id} ${unsubscription.status}, ${formatMoney(unsubscription.amount)}: ${unsubscription.reason}`,
    ],
    ['Workflow', line.workflowId],
  ]);
}

function waits({ waitingFor, dueAt }: OrderLineSummary): string {
  return dueAt === null ? waitingFor : `${waitingFor}, until ${time(dueAt)}`;
}

function possible({ allowed }: OrderLineSummary): string {
  return allowed.map(({ command, roles }) => `${command} (${roles.join(', ')})`).join('; ') || NOTHING;
}

function charging({ charging: { mode, period } }: OrderLineSummary): string {
  return period ? `${mode}, ${period.n} ${period.unit}` : mode;
}

function logTable({ log }: OrderLineAnswer): string {
  const rows = log.map(({ at, by, command, from, to, note }) => [
    time(at),
    by,
    command ?? NOTHING,
    from === to ? to : `${from} → ${to}`,
    note,
  ]);
  return table(['when', 'who', 'command', 'node', 'what happened'], rows);
}
