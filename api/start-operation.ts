import { WithStartWorkflowOperation, type Workflow } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { orderLineWorkflowId } from '../domain/ids';
import { formatMoney } from '../domain/money';
import type { OrderLineStart } from '../domain/order-line';
import { SEARCH_ATTRIBUTES } from '../domain/search-attributes';
import { WORKFLOW_TASK_TIMEOUT } from '../domain/task-timeout';
import { flowOf, nodeOf } from '../workflows/flows';
import { ORDER_LINE } from '../workflows/messages';

/**
 * How a line's workflow is started: once for ever under its own id, joined when it runs already, and
 * found in the Temporal UI by ids and states.
 */
export function startOperation(
  start: OrderLineStart,
  taskQueue: string,
): WithStartWorkflowOperation<Workflow> {
  const { line } = start;
  const flow = flowOf(line.delivery);
  return new WithStartWorkflowOperation<Workflow>(ORDER_LINE, {
    workflowId: orderLineWorkflowId(line.orderId, line.orderLineId),
    taskQueue,
    args: [start],
    workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    typedSearchAttributes: new TypedSearchAttributes([
      { key: SEARCH_ATTRIBUTES.orderId, value: line.orderId },
      { key: SEARCH_ATTRIBUTES.sellerId, value: line.sellerId },
      { key: SEARCH_ATTRIBUTES.buyerId, value: line.buyerId },
      { key: SEARCH_ATTRIBUTES.delivery, value: line.delivery },
      { key: SEARCH_ATTRIBUTES.orderStatus, value: 'PROCESSING' },
      { key: SEARCH_ATTRIBUTES.node, value: flow.start },
      { key: SEARCH_ATTRIBUTES.waitingFor, value: nodeOf(flow, flow.start).waitingFor },
      // The first call to the seller is due at once.
      ...(flow.start === 'OPENING' ? [{ key: SEARCH_ATTRIBUTES.dueAt, value: new Date() }] : []),
    ]),
    staticSummary: `${line.delivery} ${line.productId} of ${line.sellerId}, ${formatMoney(line.amount)}`,
    staticDetails: details(start),
  });
}

/**
 * Markdown for the workflow's page; what changes is in its current details. Four rows fit
 * into the UI's frame, and ids are shown as they are only in backticks.
 */
function details({ line }: OrderLineStart): string {
  const period = line.charging.period;
  const charging = period ? `${line.charging.mode}, ${period.n} ${period.unit}` : line.charging.mode;
  return [
    `- Order \`${line.orderId}\`, line \`${line.orderLineId}\` (${line.orderType}, ${line.site})`,
    `- Product \`${line.productId}\`, SKU \`${line.skuId}\`, delivered as ${line.delivery}${line.trial ? ', on trial' : ''}`,
    `- Seller \`${line.sellerId}\`, buyer \`${line.buyerId}\``,
    `- Paid ${formatMoney(line.amount)} (${charging})`,
  ].join('\n');
}
