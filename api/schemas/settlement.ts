import { z } from 'zod';
import type { DepositAnswer, RepaymentAnswer } from '../../domain/answers';
import { id, money } from '../../domain/schemas/primitives';

/** Answer of `POST /v1/orders/{orderId}/record-repayment`. */
export const repaymentAnswer = z.object({
  orderId: id,
  repaidAt: z.string().describe('ISO 8601 with offset'),
}) satisfies z.ZodType<RepaymentAnswer>;

/** Answer of `POST /v1/sellers/{id}/record-deposit`. */
export const depositAnswer = z.object({
  sellerId: id,
  depositId: id,
  amount: money,
}) satisfies z.ZodType<DepositAnswer>;
