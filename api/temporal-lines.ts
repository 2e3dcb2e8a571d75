import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import type { FastifyBaseLogger } from 'fastify';
import { orderLineWorkflowId } from '../domain/ids';
import type { CommandRequest, UpdateAnswer } from '../domain/order-line';
import {
  activateLicenseUpdate,
  commandUpdates,
  logisticsEventUpdate,
  OPEN_UPDATE_ID,
  openUpdate,
  publishUpdate,
} from '../workflows/messages';
import type { LineKey } from '../db/order-lines';
import type { LineService } from './line-service';
import { startOperation } from './start-operation';
import { temporalBundles } from './temporal-bundles';
import { giveUpdate, isGone, refusalOf, within } from './temporal-calls';

/** How long a ping waits. */
const PING_DEADLINE = 2_000;

export interface TemporalLinesOptions {
  client: Client;
  taskQueue: string;
  logger: FastifyBaseLogger;
}

/** The lines as Temporal workflows: started by update-with-start, moved by updates. */
export function temporalLines({ client, taskQueue, logger }: TemporalLinesOptions): LineService {
  const handleOf = (line: LineKey) =>
    client.workflow.getHandle(orderLineWorkflowId(line.orderId, line.orderLineId));
  const give = async <Answer, Request>(
    line: LineKey,
    update: UpdateDefinition<Answer, [Request]>,
    request: Request,
    updateId: string,
  ): Promise<Answer | null> => {
    try {
      return await giveUpdate(client, () =>
        handleOf(line).executeUpdate(update, { args: [request], updateId }),
      );
    } catch (error) {
      if (isGone(error)) return null;
      throw refusalOf(error);
    }
  };

  return {
    async open(start) {
      try {
        const startWorkflowOperation = startOperation(start, taskQueue);
        await giveUpdate(client, () =>
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

    ...temporalBundles(client, taskQueue),

    activate: (line, request, updateId) => give(line, activateLicenseUpdate, request, updateId),

    learn: (line, event, updateId) => give(line, logisticsEventUpdate, event, updateId),

    async publish(line) {
      try {
        await giveUpdate(client, () => handleOf(line).executeUpdate(publishUpdate));
      } catch (error) {
        // Of one that has ended nobody can tell any more.
        if (isGone(error)) return;
        const { orderId, orderLineId } = line;
        logger.warn({ err: error, orderId, orderLineId }, 'line wrote no view; the sweep tries again');
      }
    },

    async ping() {
      const { namespace } = client.options;
      await within(client, PING_DEADLINE, () => client.workflowService.describeNamespace({ namespace }));
    },
  };
}
