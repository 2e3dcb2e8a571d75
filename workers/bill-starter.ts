import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import type { BillStarter } from '../activities/billing/ports';
import { BILL, billStartOptions } from '../domain/billing/start';
import { TASK_QUEUES } from '../temporal.config';

/** Starts bills as Temporal workflows, in the queue of settlement: however many begin at once, no order waits. */
export function billStarter(client: Client): BillStarter {
  return {
    async start(start) {
      try {
        await client.workflow.start(BILL, { ...billStartOptions(start), taskQueue: TASK_QUEUES.settlement });
      } catch (error) {
        // It runs already, or has ended.
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      }
    },
  };
}
