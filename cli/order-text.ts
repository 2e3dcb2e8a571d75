import type { OrderAnswer, OrderLineSummary, Page } from '../client';
import { formatMoney } from '../domain/money';
import { lineText } from './line-text';
import { more } from './pages';
import { table, time } from './table';

/** An order for people: each of its lines. */
export function orderText({ orderId, lines }: OrderAnswer): string {
  return lines.length === 0 ? `Order ${orderId} has no line of yours.` : lines.map(lineText).join('\n\n');
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
