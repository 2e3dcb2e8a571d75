import { WithStartWorkflowOperation, type Client, type Workflow } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type {
  CertificationKey,
  CertificationRequest,
  CertificationStart,
} from '../domain/certification/certification';
import { certificationWorkflowId } from '../domain/ids';
import { SEARCH_ATTRIBUTES } from '../domain/search-attributes';
import { WORKFLOW_TASK_TIMEOUT } from '../domain/task-timeout';
import { CERTIFICATION, certificationUpdates } from '../workflows/messages';
import type { CertificationService } from './certification-service';
import { giveUpdate, isGone, refusalOf } from './temporal-calls';

/** Certifications as Temporal workflows: started with the first command, moved by updates. */
export function temporalCertifications(client: Client, taskQueue: string): CertificationService {
  const handleOf = (key: CertificationKey) => client.workflow.getHandle(certificationWorkflowId(key));
  return {
    async command(start, command, request, updateId) {
      const update = certificationUpdates[command];
      const given = { args: [request] as [CertificationRequest], updateId };
      try {
        return await giveUpdate(client, async () => {
          try {
            return await handleOf(start).executeUpdate(update, given);
          } catch (error) {
            // It never ran, somebody ended it, or it has just continued as new.
            if (!isGone(error)) throw error;
          }
          const startWorkflowOperation = startOperation(start, taskQueue);
          return client.workflow.executeUpdateWithStart(update, { ...given, startWorkflowOperation });
        });
      } catch (error) {
        throw refusalOf(error);
      }
    },
  };
}

/** Joined when it runs, which it does for ever, unless somebody ended it from outside: then it is taken up again. */
function startOperation(start: CertificationStart, taskQueue: string): WithStartWorkflowOperation<Workflow> {
  const { sellerId, site } = start;
  return new WithStartWorkflowOperation<Workflow>(CERTIFICATION, {
    workflowId: certificationWorkflowId(start),
    taskQueue,
    args: [start],
    workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    typedSearchAttributes: new TypedSearchAttributes([
      { key: SEARCH_ATTRIBUTES.sellerId, value: sellerId },
      { key: SEARCH_ATTRIBUTES.node, value: start.kept?.node ?? 'UNCERTIFIED' },
      { key: SEARCH_ATTRIBUTES.waitingFor, value: start.kept?.waitingFor ?? 'seller' },
    ]),
    staticSummary: `Certification of ${sellerId}, site ${site}`,
    staticDetails: `- Seller \`${sellerId}\`, site ${site}`,
  });
}
