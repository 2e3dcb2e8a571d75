import { WorkflowUpdateFailedError, type Client, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure, WorkflowNotFoundError } from '@temporalio/common';
import type { BundleLines } from '../activities/bundle/ports';
import type { BundleReply } from '../domain/bundle';
import { isErrorCode, type ErrorParams } from '../domain/errors';
import { orderLineWorkflowId } from '../domain/ids';
import { bundleStepUpdates, CLOSED_BEFORE_ANSWER } from '../workflows/messages';

/** Milliseconds for an answer; below the attempt of `ASK_LINE`. */
const DEADLINE = 8_000;

/** The lines of bundles as Temporal workflows, reached by updates. */
export function bundleLines(client: Client): BundleLines {
  return {
    async ask(input, updateId) {
      const { step, orderId, orderLineId } = input;
      const handle: WorkflowHandle = client.workflow.getHandle(orderLineWorkflowId(orderId, orderLineId));
      try {
        const said = await client.withDeadline(Date.now() + DEADLINE, () =>
          handle.executeUpdate(bundleStepUpdates[step], { args: [input], updateId }),
        );
        return { kind: 'stands', ...said };
      } catch (error) {
        return replyOf(error);
      }
    },
  };
}

/** What a failed update says: refused, gone, or nothing, which is thrown. */
function replyOf(error: unknown): BundleReply {
  if (error instanceof WorkflowNotFoundError) return { kind: 'gone' };
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  if (!(cause instanceof ApplicationFailure)) throw error;
  const { type, details } = cause;
  if (type === CLOSED_BEFORE_ANSWER) return { kind: 'gone' };
  if (!isErrorCode(type)) throw error;
  return { kind: 'refused', code: type, params: (details?.[0] as ErrorParams | undefined) ?? {} };
}
