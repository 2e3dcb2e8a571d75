import { z } from 'zod';
import type { LogisticsEventAnswer } from '../../domain/answers';
import { id } from '../../domain/schemas/primitives';

/** Answer of `POST /v1/logistics-events`. */
export const logisticsEventAnswer = z.object({
  lines: z
    .array(z.object({ orderId: id, orderLineId: id }))
    .describe('The order lines of the parcel that took the event; those that have ended take none'),
}) satisfies z.ZodType<LogisticsEventAnswer>;
