import type { Client } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import { startOperation } from '../../api/start-operation';
import type { UpdateAnswer } from '../../domain/order-line';
import { orderLineWorkflowId } from '../../domain/ids';
import { TASK_QUEUES } from '../../temporal.config';
import { activateLicenseUpdate, commandUpdates, OPEN_UPDATE_ID, openUpdate } from '../../workflows/messages';
import { startOf, type BenchOrder } from '../order';
import type { SubjectProcess } from '../subject-process';
import { PROOF, type Way } from './way';

/**
 * The Temporal calls that the API would make, made by the benchmark itself. The orders are in the registry before the
 * clock runs: what activities do in SQL is the same.
 */
export function directWay(client: Client, owner: SubjectProcess): Way {
  const give = <Request>(
    { orderId, orderLineId }: BenchOrder,
    update: UpdateDefinition<UpdateAnswer, [Request]>,
    request: Request,
  ) =>
    client.workflow
      .getHandle(orderLineWorkflowId(orderId, orderLineId))
      .executeUpdate(update, { args: [request] });
  const seller = ({ seller: sub }: BenchOrder) => ({ role: 'seller', sub }) as const;
  return {
    async prepare(orders) {
      await owner.ask({
        ask: 'register',
        orders: orders.map((order) => ({ body: order.body, start: startOf(order) })),
      });
    },
    place: (order) =>
      client.workflow.executeUpdateWithStart(openUpdate, {
        updateId: OPEN_UPDATE_ID,
        startWorkflowOperation: startOperation(startOf(order), TASK_QUEUES.orders),
      }),
    deliver: (order) => give(order, commandUpdates.deliver, { by: seller(order), data: {} }),
    async claim(order) {
      const by = { role: 'buyer', sub: order.buyer } as const;
      await give(order, commandUpdates['claim-license'], { by, data: {} });
      return '';
    },
    activate: (order) => give(order, activateLicenseUpdate, { by: seller(order) }),
    submitProof: (order) =>
      give(order, commandUpdates['submit-proof'], { by: seller(order), data: { proof: PROOF } }),
  };
}
