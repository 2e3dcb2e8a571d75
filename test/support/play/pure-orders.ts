import fc from 'fast-check';
import type { OrderLine } from '../../../domain/order-line';
import type { Delivery } from '../../../domain/schemas/order';
import { FLOWS } from '../../../workflows/flows';
import { PAID } from './arguments';

/** The delivery kinds that are built, from the flows themselves. */
export const DELIVERIES = Object.keys(FLOWS) as Delivery[];

/** An order line of a kind, with nothing special. */
export function plainOrder(delivery: Delivery, more: Partial<OrderLine> = {}): OrderLine {
  return {
    ...{ orderId: 'O-1', orderLineId: 'O-1-000001', orderType: 'NEW', site: 'china' },
    ...{ sellerId: 'seller-1', buyerId: 'buyer-1', productId: 'product-1', skuId: 'sku-1' },
    ...{ delivery, charging: { mode: 'ONE_TIME' }, amount: PAID, trial: false, feeRate: 0 },
    ...more,
  };
}

/** Order lines of all kinds: for a period or once, reviewed or not, told to the seller or not, now and then a trial. */
export const orders: fc.Arbitrary<OrderLine> = fc
  .record({
    delivery: fc.constantFrom(...DELIVERIES),
    charging: fc.constantFrom<OrderLine['charging']>(
      { mode: 'ONE_TIME' },
      { mode: 'PERIOD', period: { unit: 'YEAR', n: 1 } },
    ),
    reviewed: fc.boolean(),
    notifies: fc.boolean(),
    trial: fc.nat(9).map((n) => n === 9),
  })
  .map(({ delivery, charging, reviewed, notifies, trial }) =>
    plainOrder(delivery, {
      ...{ charging, notifies, trial },
      ...(reviewed && { scene: 'empowerment' as const, trade: 'joint' as const }),
    }),
  );
