import { z } from 'zod';
import { PRODUCTION_URL_FAULTS, productionUrlFault } from '../production-url';
import { language, text } from './primitives';

/** Body of `PUT /v1/sellers/{id}`. The access key signs calls to the seller; it is encrypted and never returned. */
export const seller = z.strictObject({
  name: text(200),
  email: z.email().max(254),
  language,
  accessKey: z.string().min(16).max(256),
});
export type SellerBody = z.infer<typeof seller>;

/** Body of `PUT /v1/sellers/{id}/products/{productId}`. */
export const product = z.strictObject({
  name: text(200),
  productionUrl: text(512)
    .superRefine((url, context) => {
      const fault = productionUrlFault(url);
      if (fault) context.addIssue({ code: 'custom', message: PRODUCTION_URL_FAULTS[fault] });
    })
    .meta({ format: 'uri' })
    .optional()
    .describe("The seller's production interface V2.0; required for saas"),
  feeRate: z.int().min(0).max(10_000).default(0).describe("The platform's fee in basis points"),
});
export type ProductBody = z.input<typeof product>;
