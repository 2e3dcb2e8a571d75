import { z } from 'zod';
import type { LogisticsEventAnswer } from '../../domain/answers';

/** Answer of `POST /v1/logistics-events`. */
export const logisticsEventAnswer = z.object({
  lines: z
    .int()
    .min(0)
    .describe('How many order lines that have the parcel were told; those that have ended are not'),
}) satisfies z.ZodType<LogisticsEventAnswer>;
