import { z } from 'zod';
import type { Command } from '../commands';
import { SELLER_ACTIVITIES } from '../seller-calls';
import { money, sentence } from './primitives';

/** Bodies of `POST /v1/orders/{orderId}/{command}` (design §5). */
export const commandBodies = {
  'restart-call': z.strictObject({
    activity: z.enum(SELLER_ACTIVITIES).optional().describe('Default: the one that is due in this node'),
  }),
  'confirm-release': z.strictObject({ note: sentence }),
  close: z.strictObject({ reason: sentence, refund: money.describe('From nothing to what was paid') }),
  'retry-refund': z.strictObject({}),
  'record-refund': z.strictObject({ reason: sentence }),
} satisfies Record<Command, z.ZodType>;

export type CommandBody<C extends Command> = z.infer<(typeof commandBodies)[C]>;
