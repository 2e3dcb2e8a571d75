import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { settlementWorkflowId } from '../../domain/ids';
import type { RunKey, RunOrder } from '../../domain/ledger/bill';
import { runSummary, type RunResult } from '../../domain/ledger/run-progress';
import { TASK_QUEUES } from '../../temporal.config';
import type { settlement } from '../../workflows';
import { follow, type Tell } from './follow';

const { settlement: taskQueue } = TASK_QUEUES;

/** A billing run that has ended. */
export interface Settled extends RunKey, RunResult {
  workflowId: string;
  /** It had ended before it was asked for: nothing was to be done. */
  before: boolean;
}

/**
 * Bills a month of a site, or joins the run that does, and waits for its end.
 *
 * @param order which month; `asOf` is heard only by a run that this starts
 * @returns undefined when `stop` came first
 * @throws as `follow`
 */
export async function settleMonth(
  client: Client,
  order: RunOrder,
  { tell, stop }: { tell: Tell; stop: AbortSignal },
): Promise<Settled | undefined> {
  const key: RunKey = { site: order.site, period: order.period };
  const workflowId = settlementWorkflowId(key);
  const { handle, before } = await startRun(client, order, workflowId);
  const result = await follow<typeof settlement>(client, handle, { key, tell, stop });
  return result && { ...key, workflowId, before, ...result };
}

/**
 * One run for each month, whoever starts it: one that runs is joined, one that is done stays done (what came late is
 * billed with a later month). One that failed, or that somebody cancelled or terminated, is taken up again.
 */
async function startRun(client: Client, order: RunOrder, workflowId: string) {
  try {
    const handle = await client.workflow.start<typeof settlement>('settlement', {
      ...{ workflowId, taskQueue, args: [order] },
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      workflowIdConflictPolicy: 'USE_EXISTING',
      staticSummary: runSummary(order),
    });
    return { handle, before: false };
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return { handle: client.workflow.getHandle<typeof settlement>(workflowId), before: true };
  }
}
