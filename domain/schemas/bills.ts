import { z } from 'zod';
import type { BillCommand } from '../billing/commands';
import { INVOICE_NUMBER, PAPER_NUMBER } from '../billing/invoice';
import { BILL_VARIANTS } from '../ledger/transaction';
import { site } from './order';
import { attachments, id, moment, money, sentence } from './primitives';
import { accountPeriod } from './transactions';

const nothing = z.strictObject({});
const reason = z.strictObject({ reason: sentence });
const number = z.string().regex(PAPER_NUMBER, '1 to 64 letters, digits and hyphens');

/** Bodies of `POST /v1/bills/{billId}/{command}`. */
export const billBodies = {
  'review-pass': nothing,
  adjust: z.strictObject({
    amount: z
      .strictObject({ currency: money.shape.currency, minor: z.int().min(-1e14).max(1e14) })
      .refine(({ minor }) => minor !== 0, 'more or less than nothing')
      .describe('What the seller gets more, or, when negative, less'),
    reason: sentence,
  }),
  countersign: nothing,
  'sign-for-invoice': z.strictObject({
    at: moment.optional().describe('When it arrived; not in the future. Default: now'),
  }),
  'validate-invoice': nothing,
  'reject-invoice': reason,
  'record-payment': z.strictObject({ paymentId: id.describe("The bank's or the payment system's") }),
  'payment-failed': reason,
  'confirm-bill': nothing,
  object: reason,
  'submit-invoice': z
    .strictObject({
      number: z
        .string()
        .regex(INVOICE_NUMBER, '1 to 40 capital letters, digits and hyphens')
        .describe('With its code before it, when it has one: it must be the only one of all bills'),
      amount: money.describe('That of the bill'),
      taxRate: z.int().min(0).max(10_000).describe('Basis points: 600 for 6 %'),
      courierNumber: number.optional().describe('Of a paper invoice'),
      eInvoice: attachments.element.optional().describe('An electronic invoice, by reference'),
      paymentRequestNumber: number.describe('申付号'),
    })
    .refine(({ courierNumber, eInvoice }) => (courierNumber === undefined) !== (eInvoice === undefined), {
      message: 'either courierNumber or eInvoice',
    }),
  'ask-progress': nothing,
} satisfies Record<BillCommand, z.ZodType>;

export type BillBody<C extends BillCommand> = z.infer<(typeof billBodies)[C]>;

/** The parts of a bill's id, which stand in URLs as they are. */
export const billKey = z.object({
  sellerId: id,
  period: accountPeriod,
  site,
  variant: z.enum(BILL_VARIANTS),
  currency: money.shape.currency,
});
