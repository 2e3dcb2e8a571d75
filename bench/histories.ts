import type { Client, WorkflowHandle } from '@temporalio/client';
import type { History } from '@temporalio/common/lib/proto-utils';

/** The histories of all runs of a workflow, oldest first: each names the run before it. */
export async function historiesOf({ workflow }: Client, workflowId: string): Promise<History[]> {
  const runs: History[] = [];
  let runId: string | null | undefined = (await workflow.getHandle(workflowId).describe()).runId;
  while (runId) {
    const run: WorkflowHandle = workflow.getHandle(workflowId, runId);
    const history = await run.fetchHistory();
    runs.unshift(history);
    runId = history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
  }
  return runs;
}
