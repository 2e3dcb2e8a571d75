import { TypedSearchAttributes } from '@temporalio/common';
import { billWorkflowId } from '../ids';
import { formatMoney } from '../money';
import { SEARCH_ATTRIBUTES } from '../search-attributes';
import { WORKFLOW_TASK_TIMEOUT } from '../task-timeout';
import type { BillStart } from './life';

/** Name of the workflow type, one run for each bill. */
export const BILL = 'bill';

/**
 * How a bill's workflow is started: once for ever under its own id, joined when it runs already, and found in the
 * Temporal UI by ids and states.
 */
export function billStartOptions(start: BillStart) {
  const { id, sellerId, period, site, variant, currency, transactions, payableMinor } = start.bill;
  const payable = formatMoney({ currency, minor: payableMinor });
  return {
    workflowId: billWorkflowId(id),
    args: [start],
    workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    typedSearchAttributes: new TypedSearchAttributes([
      { key: SEARCH_ATTRIBUTES.sellerId, value: sellerId },
      { key: SEARCH_ATTRIBUTES.orderStatus, value: 'PROCESSING' },
      { key: SEARCH_ATTRIBUTES.node, value: 'GENERATED' },
      { key: SEARCH_ATTRIBUTES.waitingFor, value: 'nobody' },
    ]),
    staticSummary: `Bill of ${sellerId} for ${period}, ${variant}, ${payable}`,
    staticDetails: [
      `- Bill \`${id}\``,
      `- Seller \`${sellerId}\`, month ${period}, site ${site}, ${variant}`,
      `- ${transactions} transactions, payable ${payable}`,
    ].join('\n'),
  } as const;
}
