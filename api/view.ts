import { openAppInfo } from '../db/app-info';
import { openContact } from '../db/contacts';
import { openLicense } from '../db/licenses';
import type { Keyring } from '../db/keyring';
import type { RegisteredLine } from '../db/order-lines';
import { recipientDirectory } from '../db/recipients';
import type { OrderLineAnswer, OrderLineSummary } from '../domain/answers';
import { orderLineWorkflowId } from '../domain/ids';
import { ORDERED_ADDRESS } from '../domain/logistics';
import { NODES } from '../domain/nodes';
import type { Party } from '../domain/parties';
import { iso } from '../domain/time';
import { flowOf } from '../workflows/flows';
import type { ApiContext } from './context';

/** A line as a party sees it: the seller learns who the buyer is and where goods go, the buyer gets what it bought. */
export async function viewFor(
  api: Pick<ApiContext, 'database' | 'keyring'>,
  { role }: Party,
  registered: RegisteredLine,
): Promise<OrderLineAnswer> {
  const { view, start } = registered;
  const { keyring } = api;
  return {
    ...summaryOf(registered),
    log: view.log.map((entry) => ({ ...entry, at: iso(entry.at) })),
    windows: { ...start.windows },
    ...(role === 'seller' && { buyer: openContact(keyring, registered) }),
    ...((role === 'seller' || role === 'buyer') && (await recipientOf(api, registered))),
    ...(role === 'buyer' && view.status === 'COMPLETED' && appInfoOf(registered, keyring)),
    ...(role === 'buyer' && licenseOf(registered, keyring)),
  };
}

/** A line in a list. */
export function summaryOf({ view, start: { line } }: RegisteredLine): OrderLineSummary {
  const { orderId, orderLineId, sellerId, buyerId, productId, skuId, amount, charging, delivery } = line;
  const { revision, status, node, waitingFor, allowed, dueAt, instanceId, unsubscription } = view;
  // Views of earlier releases lack what came later.
  const { appeal = null, license = null, completion = null, provisional = false, fiveDaysUntil } = view;
  const { shipment = null, autoAcceptance = null, addressChanges = 0 } = view;
  return {
    orderId,
    orderLineId,
    workflowId: orderLineWorkflowId(orderId, orderLineId),
    revision,
    ...{ sellerId, buyerId, productId, skuId, amount, charging, delivery },
    ...{ status, node, nodeName: NODES[node], waitingFor, allowed },
    dueAt: isoOrNull(dueAt),
    provisional,
    instanceId,
    unsubscription,
    appeal: appeal && { ...appeal, openedAt: iso(appeal.openedAt) },
    license: license && {
      claimedAt: isoOrNull(license.claimedAt),
      activatedAt: isoOrNull(license.activatedAt),
    },
    shipment: shipment && {
      ...shipment,
      shippedAt: iso(shipment.shippedAt),
      stateAt: isoOrNull(shipment.stateAt),
      learnedAt: isoOrNull(shipment.learnedAt),
    },
    autoAcceptance: autoAcceptance && { ...autoAcceptance, at: isoOrNull(autoAcceptance.at) },
    addressChanges,
    completedAt: isoOrNull(completion?.completedAt),
    validFrom: isoOrNull(completion?.validFrom),
    validUntil: isoOrNull(completion?.validUntil),
    fiveDaysUntil: isoOrNull(fiveDaysUntil),
    assetVersion: line.assetVersion ?? null,
  };
}

function isoOrNull(ms: number | null | undefined): string | null {
  return ms == null ? null : iso(ms);
}

function appInfoOf(registered: RegisteredLine, keyring: Keyring): Pick<OrderLineAnswer, 'appInfo'> {
  const appInfo = openAppInfo(keyring, registered);
  return appInfo === null ? {} : { appInfo };
}

/** Of goods: the one in the order, or who took that place last. */
async function recipientOf(
  { database, keyring }: Pick<ApiContext, 'database' | 'keyring'>,
  registered: RegisteredLine,
): Promise<Pick<OrderLineAnswer, 'recipient'>> {
  const { view, start } = registered;
  if (!flowOf(start.line.delivery).ships) return {};
  const { addressId = ORDERED_ADDRESS } = view;
  const recipient = await recipientDirectory(database, keyring).find(registered, addressId);
  return recipient ? { recipient } : {};
}

/** Before the claim nobody sees the code: from then on nothing can be refunded (domain.md 2.4). */
function licenseOf(registered: RegisteredLine, keyring: Keyring): Pick<OrderLineAnswer, 'licenseCode'> {
  const claimed = typeof registered.view.license?.claimedAt === 'number';
  const licenseCode = claimed ? openLicense(keyring, registered) : null;
  return licenseCode === null ? {} : { licenseCode };
}
