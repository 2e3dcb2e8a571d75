import { z } from 'zod';
import type { Page } from '../../domain/answers';
import { id } from '../../domain/schemas/primitives';
import { SELLER_ACTIVITIES, type SellerCall } from '../../domain/seller-calls';

const sellerCall = z.object({
  orderId: id,
  orderLineId: id,
  activity: z.enum(SELLER_ACTIVITIES),
  attempt: z.int().describe('Counts the calls of this activity in this line, from 1'),
  at: z.string().describe('ISO 8601 with offset'),
  ms: z.int().nullable().describe('Null while running, or when Steward stopped during the call'),
  httpStatus: z.int().nullable(),
  resultCode: z.string().nullable(),
  exception: z.string().nullable().describe('In words what failed; null when the call succeeded'),
}) satisfies z.ZodType<SellerCall>;

/** Answer of `GET /v1/seller-calls`. */
export const sellerCallPage = z.object({
  items: z.array(sellerCall),
  nextCursor: z.string().nullable(),
}) satisfies z.ZodType<Page<SellerCall>>;
