import { z } from 'zod';
import { CARRIER, PARCEL_STATES, TRACKING_NUMBER } from '../logistics';
import { moment } from './primitives';

/** What a parcel is known by. */
export const parcel = {
  carrier: z.string().regex(CARRIER, "Kuaidi100's code of the carrier, such as shunfeng"),
  trackingNumber: z.string().regex(TRACKING_NUMBER, '6 to 32 letters, digits and hyphens'),
};

/** Body of `POST /v1/logistics-events`: what a carrier tells of a parcel. */
export const logisticsEventBody = z.strictObject({
  ...parcel,
  state: z.enum(PARCEL_STATES),
  at: moment.describe("Since when it is so, by the carrier's clock; not in the future"),
});
export type LogisticsEventBody = z.infer<typeof logisticsEventBody>;
