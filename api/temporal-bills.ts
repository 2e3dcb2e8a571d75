import type { Client } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import type { BillAnswer, BillRequest } from '../domain/billing/life';
import { billWorkflowId } from '../domain/ids';
import { billUpdates } from '../workflows/messages';
import type { BillService } from './bill-service';
import { giveUpdate, isGone, refusalOf } from './temporal-calls';

/** The lives of bills as Temporal workflows: moved by updates. */
export function temporalBills(client: Client): BillService {
  const handleOf = (billId: string) => client.workflow.getHandle(billWorkflowId(billId));
  return {
    async command(billId, command, request, updateId) {
      const update = billUpdates[command] as UpdateDefinition<BillAnswer, [BillRequest]>;
      try {
        return await giveUpdate(client, () =>
          handleOf(billId).executeUpdate(update, { args: [request], updateId }),
        );
      } catch (error) {
        if (isGone(error)) return null;
        throw refusalOf(error);
      }
    },
  };
}
