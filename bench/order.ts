import { defaultOrderLineId } from '../domain/ids';
import type { OrderLineStart } from '../domain/order-line';
import type { OrderBody } from '../domain/schemas/order';
import { WINDOWS } from '../domain/windows';

/** The two lives that are measured. */
export const LIVES = ['saas', 'license-code'] as const;
export type Life = (typeof LIVES)[number];

/** An order that the benchmark places, and who takes part in it. */
export interface BenchOrder {
  body: OrderBody;
  orderId: string;
  orderLineId: string;
  life: Life;
  platform: string;
  seller: string;
  buyer: string;
  /** How long its calls to the seller may take, in ms; default as published. Counts by Temporal calls alone. */
  sellerCall?: number;
}

/**
 * So many sellers and platform accounts take turns: the API lets each caller make 600 requests a minute, and an order
 * takes three of its seller.
 */
export const ACCOUNTS = 40;

export const PRODUCT = 'product-1';

/** The n-th order of a run; its id names the run, so that no two are the same. */
export function newOrder(life: Life, run: string, n: number): BenchOrder {
  const orderId = `CS-${run}-${n}`;
  const account = (n % ACCOUNTS) + 1;
  const buyer = `buyer-${run}-${n}`;
  const seller = `seller-${account}`;
  const body: OrderBody = {
    ...{ orderId, orderType: 'NEW', site: 'china' },
    buyer: {
      id: buyer,
      name: '王小明',
      email: `${buyer.toLowerCase()}@buyer.example`,
      phone: '+86 13912345678',
      language: 'zh',
    },
    lines: [
      {
        ...{ sellerId: seller, productId: PRODUCT, skuId: 'sku-1', delivery: life },
        charging: { mode: 'PERIOD', period: { unit: 'YEAR', n: 1 } },
        amount: { currency: 'CNY', minor: 990_000 },
      },
    ],
  };
  const orderLineId = defaultOrderLineId(orderId);
  return { body, orderId, orderLineId, life, platform: `platform-${account}`, seller, buyer };
}

/** With what the API would start the order's line. */
export function startOf(order: BenchOrder): OrderLineStart {
  const { body, orderId, orderLineId, seller, buyer, life } = order;
  const { sellerCall = WINDOWS.standard.sellerCall } = order;
  const [bought] = body.lines;
  if (!bought) throw new Error('An order has a line');
  const { skuId, charging, amount } = bought;
  return {
    line: {
      ...{ orderId, orderLineId, orderType: 'NEW', site: 'china', sellerId: seller, buyerId: buyer },
      ...{ productId: PRODUCT, skuId, delivery: life, charging, amount, trial: false },
      ...{ notifies: true, feeRate: 0 },
    },
    windows: { ...WINDOWS.standard, sellerCall },
  };
}
