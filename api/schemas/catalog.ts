import { z } from 'zod';
import type { ProductAnswer, SellerAnswer } from '../../domain/answers';
import { id, language } from '../../domain/schemas/primitives';

/** Answer of `PUT /v1/sellers/{id}`: the body without the access key. */
export const sellerAnswer = z.object({
  sellerId: id,
  name: z.string(),
  email: z.string(),
  language,
}) satisfies z.ZodType<SellerAnswer>;

/** Answer of `PUT /v1/sellers/{id}/products/{productId}`. */
export const productAnswer = z.object({
  sellerId: id,
  productId: id,
  name: z.string(),
  productionUrl: z.string().nullable(),
  feeRate: z.int().describe('Basis points'),
}) satisfies z.ZodType<ProductAnswer>;
