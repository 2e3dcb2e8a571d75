import { z } from 'zod';
import { id, moment, money } from './primitives';

/** Body of `POST /v1/orders/{orderId}/record-repayment`: the buyer has repaid the whole order. */
export const repayment = z.strictObject({
  at: moment.describe('When the buyer repaid; not in the future'),
});
export type RepaymentBody = z.infer<typeof repayment>;

/** Body of `POST /v1/sellers/{id}/record-deposit`. */
export const deposit = z.strictObject({
  depositId: id.describe('Taken once: the same again changes nothing'),
  amount: money.refine(({ minor }) => minor > 0, 'more than nothing'),
});
export type DepositBody = z.infer<typeof deposit>;
