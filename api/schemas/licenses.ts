import { z } from 'zod';
import type { ActivationAnswer, HeartbeatAnswer } from '../../domain/answers';
import { id } from '../../domain/schemas/primitives';

const line = { orderId: id, orderLineId: id };
const time = z.string().describe('ISO 8601 with offset');

/** Answer of `POST /v1/licenses/activate`. */
export const activationAnswer = z.object({
  ...line,
  activatedAt: time.describe('The actual enabling time of the order line; ISO 8601 with offset'),
}) satisfies z.ZodType<ActivationAnswer>;

/** Answer of `POST /v1/licenses/heartbeat`. */
export const heartbeatAnswer = z.object({ ...line, at: time }) satisfies z.ZodType<HeartbeatAnswer>;
