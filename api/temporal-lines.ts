import { setTimeout as sleep } from 'node:timers/promises';
import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowUpdateFailedError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure, WorkflowNotFoundError, type UpdateDefinition } from '@temporalio/common';
import type { FastifyBaseLogger } from 'fastify';
import { isErrorCode, StewardError, type ErrorParams } from '../domain/errors';
import { orderLineWorkflowId } from '../domain/ids';
import type { CommandRequest, UpdateAnswer } from '../domain/order-line';
import {
  activateLicenseUpdate,
  commandUpdates,
  logisticsEventUpdate,
  OPEN_UPDATE_ID,
  openUpdate,
  viewQuery,
} from '../workflows/messages';
import type { LineKey } from '../db/order-lines';
import type { LineService } from './line-service';
import { startOperation } from './start-operation';

/** How long a caller waits for a worker (design §5), and how long a read waits before SQL answers it. */
const COMMAND_DEADLINE = 10_000;
const VIEW_DEADLINE = 2_000;

/** The failure with which the server ends an update whose workflow closed before it answered. */
const CLOSED_BEFORE_ANSWER = 'AcceptedUpdateCompletedWorkflow';
/** And an update that its worker lost, as happens to some of many at once: nothing came of it. */
const LOST = 'UnprocessedUpdate';

export interface TemporalLinesOptions {
  client: Client;
  taskQueue: string;
  logger: FastifyBaseLogger;
}

/** The lines as Temporal workflows: started by update-with-start, moved by updates, read by a query. */
export function temporalLines({ client, taskQueue, logger }: TemporalLinesOptions): LineService {
  const within = async <T>(ms: number, call: () => Promise<T>): Promise<T> => {
    const answered = new AbortController();
    // Between its own retries the SDK oversleeps the deadline by seconds.
    const late = sleep(ms, undefined, { signal: answered.signal }).then(() => {
      throw new Error(`No answer from Temporal in ${ms} ms`);
    });
    try {
      return await Promise.race([client.withDeadline(Date.now() + ms, call), late]);
    } finally {
      answered.abort();
    }
  };
  const handleOf = (line: LineKey) =>
    client.workflow.getHandle(orderLineWorkflowId(line.orderId, line.orderLineId));
  const give = async <Answer, Request>(
    line: LineKey,
    update: UpdateDefinition<Answer, [Request]>,
    request: Request,
    updateId: string,
  ): Promise<Answer | null> => {
    try {
      return await within(COMMAND_DEADLINE, () =>
        handleOf(line).executeUpdate(update, { args: [request], updateId }),
      );
    } catch (error) {
      if (error instanceof WorkflowNotFoundError || closedBeforeAnswer(error)) return null;
      throw refusalOf(error);
    }
  };

  return {
    async open(start) {
      try {
        const startWorkflowOperation = startOperation(start, taskQueue);
        await within(COMMAND_DEADLINE, () =>
          client.workflow.executeUpdateWithStart(openUpdate, {
            updateId: OPEN_UPDATE_ID,
            startWorkflowOperation,
          }),
        );
        return 'started';
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) return 'started';
        const { orderId, orderLineId } = start.line;
        logger.warn({ err: error, orderId, orderLineId }, 'line not started yet; the sweep tries again');
        return 'pending';
      }
    },

    command: (line, command, request, updateId) =>
      give(
        line,
        commandUpdates[command] as UpdateDefinition<UpdateAnswer, [CommandRequest]>,
        request,
        updateId,
      ),

    activate: (line, request, updateId) => give(line, activateLicenseUpdate, request, updateId),

    learn: (line, event, updateId) => give(line, logisticsEventUpdate, event, updateId),

    view: (line) => within(VIEW_DEADLINE, () => handleOf(line).query(viewQuery)).catch(() => null),

    async ping() {
      const { namespace } = client.options;
      await within(VIEW_DEADLINE, () => client.workflowService.describeNamespace({ namespace }));
    },
  };
}

function closedBeforeAnswer(error: unknown): boolean {
  return refusedWith(error)?.type === CLOSED_BEFORE_ANSWER;
}

function refusedWith(error: unknown): ApplicationFailure | undefined {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  return cause instanceof ApplicationFailure ? cause : undefined;
}

/** A refusal keeps its code and parameters; without a known code it is a bug, else nobody answered. */
function refusalOf(error: unknown): unknown {
  const failure = refusedWith(error);
  if (failure && isErrorCode(failure.type)) {
    return new StewardError(failure.type, failure.details?.[0] as ErrorParams | undefined);
  }
  if (error instanceof WorkflowUpdateFailedError && failure?.type !== LOST) return error;
  return new StewardError('TRY_AGAIN', {}, { cause: error });
}
