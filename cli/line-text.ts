import type { OrderLineAnswer, OrderLineSummary } from '../client';
import { formatMoney } from '../domain/money';
import { wayText } from './flow/way';
import { attachmentNames, supervisionFacts } from './supervision-text';
import { facts, NOTHING, table, time, type Fact } from './table';

/** One line of an order: where it stands, whose move it is and until when, and what happened so far. */
export function lineText(line: OrderLineAnswer): string {
  return `${lineFacts(line)}\n\n${logTable(line)}`;
}

function lineFacts(line: OrderLineAnswer): string {
  const { buyer, recipient, appInfo, nodeName } = line;
  return facts([
    ['Order', line.orderId],
    ['Line', line.orderLineId],
    ['Status', line.status],
    ['Node', `${line.node}: ${nodeName.en} ${nodeName.zh}`],
    ...flowFacts(line),
    ['Waits for', waits(line)],
    ['Possible now', possible(line)],
    ['Amount', formatMoney(line.amount)],
    ['Charging', charging(line)],
    ['Delivery', line.delivery],
    ['Image version', line.assetVersion],
    ['Seller', `${line.sellerId}, product ${line.productId}, SKU ${line.skuId}`],
    ['Buyer', line.buyerId],
    ['Buyer contact', buyer ? `${buyer.name}, ${buyer.email}, ${buyer.phone} (${buyer.language})` : null],
    ['Goes to', recipient ? `${recipient.name}, ${recipient.phone}, ${recipient.address}` : null],
    ['Instance', line.instanceId],
    ['Front end', appInfo?.frontEndUrl ?? null],
    ['Administration', appInfo?.adminUrl ?? null],
    ['User name', appInfo?.userName ?? null],
    ['Password', appInfo?.password ?? null],
    ['Memo', appInfo?.memo ?? null],
    ...supervisionFacts(line),
    ['Workflow', line.workflowId],
  ]);
}

/** The flow in both languages; once money goes back also the way of that. */
function flowFacts(line: OrderLineSummary): Fact[] {
  const zh = wayText(line, 'zh');
  const en = wayText(line, 'en');
  return [
    ['流程', zh?.forward ?? null],
    ['Flow', en?.forward ?? null],
    ['退款', zh?.back ?? null],
    ['Refund', en?.back ?? null],
  ];
}

function waits({ waitingFor, dueAt, provisional }: OrderLineSummary): string {
  if (dueAt === null) return waitingFor;
  return `${waitingFor}, until ${time(dueAt)}${provisional ? ' (provisional)' : ''}`;
}

function possible({ allowed }: OrderLineSummary): string {
  return allowed.map(({ command, roles }) => `${command} (${roles.join(', ')})`).join('; ') || NOTHING;
}

function charging({ charging: { mode, period } }: OrderLineSummary): string {
  return period ? `${mode}, ${period.n} ${period.unit}` : mode;
}

function logTable({ log }: OrderLineAnswer): string {
  const rows = log.map(({ at, by, command, from, to, note, attachments = [] }) => [
    time(at),
    by,
    command ?? NOTHING,
    from === to ? to : `${from} → ${to}`,
    attachments.length === 0 ? note : `${note} (attached: ${attachmentNames(attachments)})`,
  ]);
  return table(['when', 'who', 'command', 'node', 'what happened'], rows);
}
