import { openAppInfo } from '../db/app-info';
import { openContact } from '../db/contacts';
import type { Keyring } from '../db/keyring';
import type { RegisteredLine } from '../db/order-lines';
import type { OrderLineAnswer, OrderLineSummary } from '../domain/answers';
import { orderLineWorkflowId } from '../domain/ids';
import type { Party } from '../domain/parties';
import { iso } from '../domain/time';

/** A line as a party sees it: the seller learns who the buyer is, the buyer gets the way into its instance. */
export function viewFor({ role }: Party, registered: RegisteredLine, keyring: Keyring): OrderLineAnswer {
  const { view, start } = registered;
  return {
    ...summaryOf(registered),
    log: view.log.map(({ at, by, command, from, to, note }) => ({
      at: iso(at),
      by,
      command,
      from,
      to,
      note,
    })),
    windows: { ...start.windows },
    ...(role === 'seller' && { buyer: openContact(keyring, registered) }),
    ...(role === 'buyer' && view.status === 'COMPLETED' && appInfoOf(registered, keyring)),
  };
}

/** A line in a list. */
export function summaryOf({ view, start: { line } }: RegisteredLine): OrderLineSummary {
  const { orderId, orderLineId, sellerId, buyerId, productId, skuId, amount, charging, delivery } = line;
  const { revision, status, node, waitingFor, allowed, dueAt, instanceId, unsubscription } = view;
  return {
    orderId,
    orderLineId,
    workflowId: orderLineWorkflowId(orderId, orderLineId),
    revision,
    ...{ sellerId, buyerId, productId, skuId, amount, charging, delivery },
    ...{ status, node, waitingFor, allowed },
    dueAt: dueAt === null ? null : iso(dueAt),
    instanceId,
    unsubscription,
    appeal: null,
  };
}

function appInfoOf(registered: RegisteredLine, keyring: Keyring): Pick<OrderLineAnswer, 'appInfo'> {
  const appInfo = openAppInfo(keyring, registered);
  return appInfo === null ? {} : { appInfo };
}
