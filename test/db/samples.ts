import type { Shipment } from '../../domain/logistics';
import type { LineView, LogEntry, OrderLineStart } from '../../domain/order-line';
import type { OrderBody } from '../../domain/schemas/order';
import { WINDOWS } from '../../domain/windows';
import type { OrderRegistration } from '../../db/orders';

/** An order as the platform places it, of one line or of those named. */
export function sampleOrder(orderId: string, lineIds = [`${orderId}-000001`]): OrderRegistration {
  const body: OrderBody = {
    orderId,
    orderType: 'NEW',
    site: 'china',
    buyer: { id: 'B1', name: '王小明', email: 'wang@example.com', phone: '+86 13800138000', language: 'zh' },
    lines: lineIds.map((orderLineId) => ({
      orderLineId,
      sellerId: 'S1',
      productId: 'P1',
      skuId: 'K1',
      delivery: 'saas',
      charging: { mode: 'ONE_TIME' },
      amount: { currency: 'CNY', minor: 9_900 },
    })),
  };
  return { body, starts: startsOf(body), begins: () => ({ node: 'OPENING', waitingFor: 'seller' }) };
}

/** To whom the goods of `goodsOrder` go. */
export const RECIPIENT = { name: '李小红', phone: '+86 13787654321', address: '上海市张江路 1000 号' };

/** The same of goods that are shipped. */
export function goodsOrder(orderId: string, lineIds?: string[]): OrderRegistration {
  const { body } = sampleOrder(orderId, lineIds);
  for (const line of body.lines) Object.assign(line, { delivery: 'hardware', recipient: RECIPIENT });
  return { body, starts: startsOf(body), begins: () => ({ node: 'SHIPPING', waitingFor: 'seller' }) };
}

function startsOf({ orderId, orderType, site, buyer, lines }: OrderBody): OrderLineStart[] {
  return lines.map((line) => {
    const {
      orderLineId = `${orderId}-000001`,
      sellerId,
      productId,
      skuId,
      delivery,
      charging,
      amount,
    } = line;
    const parties = { sellerId, buyerId: buyer.id, productId, skuId };
    const rest = { orderType, site, delivery, charging, amount, trial: false, feeRate: 250 };
    return { line: { orderId, orderLineId, ...parties, ...rest }, windows: WINDOWS.standard };
  });
}

/** A view of some revision; its log has the entries with these numbers. */
export function sampleView(revision: number, seqs: number[] = []): LineView {
  return {
    revision,
    status: 'PROCESSING',
    node: 'OPENING',
    waitingFor: 'seller',
    allowed: [{ command: 'restart-call', roles: ['seller', 'operator'] }],
    dueAt: 1_700_000_000_000 + revision,
    instanceId: null,
    unsubscription: null,
    log: seqs.map((seq) => logEntry(seq, `call ${seq}`)),
  };
}

export function logEntry(seq: number, note: string): LogEntry {
  return {
    seq,
    at: 1_700_000_000_000 + seq,
    by: 'steward',
    command: null,
    from: 'OPENING',
    to: 'OPENING',
    note,
  };
}

/** A parcel on its way. */
export function sampleShipment(trackingNumber: string): Shipment {
  return {
    ...{ n: 1, carrier: 'shunfeng', trackingNumber, shippedAt: 1_700_000_000_000 },
    ...{ info: 'PENDING', state: null, stateAt: null, learnedAt: null },
  };
}
