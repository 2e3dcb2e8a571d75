import { WithStartWorkflowOperation, type Client, type Workflow } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { BundleRequest } from '../domain/bundle';
import { bundleUnsubscriptionWorkflowId } from '../domain/ids';
import { SEARCH_ATTRIBUTES } from '../domain/search-attributes';
import { WORKFLOW_TASK_TIMEOUT } from '../domain/task-timeout';
import { BUNDLE_UNSUBSCRIPTION, requestBundleUpdate, withdrawBundleUpdate } from '../workflows/messages';
import type { BundleService } from './line-service';
import { giveUpdate, isGone, refusalOf } from './temporal-calls';

/** The unsubscription of bundles as Temporal workflows: one at a time for an order, a later one a run of its own. */
export function temporalBundles(client: Client, taskQueue: string): BundleService {
  return {
    async requestBundle(request) {
      try {
        await giveUpdate(client, () =>
          client.workflow.executeUpdateWithStart(requestBundleUpdate, {
            args: [request],
            updateId: request.requestId,
            startWorkflowOperation: startOperation(request, taskQueue),
          }),
        );
      } catch (error) {
        throw refusalOf(error);
      }
    },

    async withdrawBundle(orderId, by, updateId) {
      const handle = client.workflow.getHandle(bundleUnsubscriptionWorkflowId(orderId));
      try {
        await giveUpdate(client, () =>
          handle.executeUpdate(withdrawBundleUpdate, { args: [{ by }], updateId }),
        );
        return 'withdrawn';
      } catch (error) {
        if (isGone(error)) return null;
        throw refusalOf(error);
      }
    },
  };
}

/** Joined when one runs, by which a repeated request finds the first; a new run after one that has ended. */
function startOperation(request: BundleRequest, taskQueue: string): WithStartWorkflowOperation<Workflow> {
  const { orderId, buyerId, lines } = request;
  return new WithStartWorkflowOperation<Workflow>(BUNDLE_UNSUBSCRIPTION, {
    workflowId: bundleUnsubscriptionWorkflowId(orderId),
    taskQueue,
    args: [request],
    workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    typedSearchAttributes: new TypedSearchAttributes([
      { key: SEARCH_ATTRIBUTES.orderId, value: orderId },
      { key: SEARCH_ATTRIBUTES.buyerId, value: buyerId },
      { key: SEARCH_ATTRIBUTES.orderStatus, value: 'PROCESSING' },
      { key: SEARCH_ATTRIBUTES.node, value: 'RESERVING' },
      { key: SEARCH_ATTRIBUTES.waitingFor, value: 'nobody' },
    ]),
    staticSummary: `Unsubscription of a whole order, ${lines.length} lines`,
    staticDetails: `- Order \`${orderId}\` of buyer \`${buyerId}\``,
  });
}
