import { z } from 'zod';
import { BILL_NODE_NAMES } from '../../domain/billing/nodes';
import { NODE_NAMES, STATUSES } from '../../domain/nodes';
import { WAITING_FOR } from '../../domain/parties';
import { delivery } from '../../domain/schemas/order';
import { id, moment } from '../../domain/schemas/primitives';
import { accountPeriod, transactionFilter } from '../../domain/schemas/transactions';

const page = {
  cursor: z.string().max(1_000).optional().describe('nextCursor of the page before'),
  limit: z.coerce.number().int().min(1).max(200).optional().describe('Default 50'),
};

/** Query of `GET /v1/orders`; all conditions together. */
export const orderQuery = z.strictObject({
  status: z.enum(STATUSES).optional(),
  node: z.enum(NODE_NAMES).optional(),
  delivery: delivery.optional(),
  sellerId: id.optional(),
  buyerId: id.optional(),
  waitingFor: z.enum(WAITING_FOR).optional(),
  dueBefore: moment.optional().describe('Lines whose time limit ends before; ISO 8601 with offset'),
  ...page,
});

/** Query of `GET /v1/seller-calls`. */
export const sellerCallQuery = z.strictObject({
  sellerId: id.optional(),
  orderId: id.optional(),
  ...page,
});

/** Query of `GET /v1/transactions`. */
export const transactionQuery = transactionFilter.extend(page);

/** Query of `GET /v1/bills`; all conditions together. */
export const billQuery = z.strictObject({
  sellerId: id.optional(),
  period: accountPeriod.optional(),
  node: z.enum(BILL_NODE_NAMES).optional(),
  ...page,
});
