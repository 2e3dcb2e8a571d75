import { z } from 'zod';
import { CARRIER, PARCEL_STATES, TRACKING_NUMBER } from '../logistics';
import { isWritable } from '../time';

/** Body of `POST /v1/logistics-events`: what a carrier tells of a parcel. */
export const logisticsEventBody = z.strictObject({
  carrier: z.string().regex(CARRIER, "Kuaidi100's code of the carrier, such as shunfeng"),
  trackingNumber: z.string().regex(TRACKING_NUMBER, '6 to 32 letters, digits and hyphens'),
  state: z.enum(PARCEL_STATES),
  at: z.iso
    .datetime({ offset: true })
    .refine((text) => isWritable(Date.parse(text)), 'a moment of the years 1 to 9999 (UTC)')
    .describe("Since when it is so, by the carrier's clock; ISO 8601 with offset, not in the future"),
});
export type LogisticsEventBody = z.infer<typeof logisticsEventBody>;
