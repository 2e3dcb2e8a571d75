import { z } from 'zod';
import type { Command } from '../commands';
import { SELLER_ACTIVITIES } from '../seller-calls';
import { parcel } from './logistics';
import { recipient } from './order';
import { attachments, lineId, moment, money, sentence, text } from './primitives';

const nothing = z.strictObject({});
const reason = z.strictObject({ reason: sentence });
const proof = attachments.min(1);

/** Bodies of `POST /v1/orders/{orderId}/{command}` (design §5). */
export const commandBodies = {
  'restart-call': z.strictObject({
    activity: z.enum(SELLER_ACTIVITIES).optional().describe('Default: the one that is due in this node'),
  }),
  'confirm-release': z.strictObject({ note: sentence }),
  close: z.strictObject({ reason: sentence, refund: money.describe('From nothing to what was paid') }),
  'retry-refund': nothing,
  'record-refund': reason,
  'submit-requirement': z.strictObject({
    requirement: text(2_000).describe('What the seller is to deliver'),
    attachments: attachments.optional().describe('The agreed requirement document'),
  }),
  'confirm-requirement': nothing,
  'reject-requirement': reason,
  'submit-device-id': z.strictObject({ deviceId: text(128).describe('Hardware or system id') }),
  deliver: z.strictObject({
    proof: attachments.optional().describe('Needed unless a licence code is delivered'),
    enabledAt: moment
      .optional()
      .describe(
        'When the service was really enabled; the validity counts from it (default: from acceptance)',
      ),
  }),
  ship: z.strictObject({ ...parcel, proof }),
  'correct-logistics': z.strictObject(parcel),
  'change-address': recipient,
  'remind-buyer': nothing,
  'claim-license': nothing,
  'submit-proof': z.strictObject({ proof }),
  'review-pass': nothing,
  'review-reject': reason,
  accept: nothing,
  reject: reason,
  'request-unsubscription': z.strictObject({
    amount: money.describe('More than nothing, at most what was paid'),
    reason: sentence,
    received: z.boolean().optional().describe('Whether the goods have arrived; needed once they are shipped'),
  }),
  'confirm-unsubscription': nothing,
  'refuse-unsubscription': reason,
  'approve-unsubscription': nothing,
  'reject-unsubscription': reason,
  'withdraw-unsubscription': nothing,
  unsubscribe: z.strictObject({ reason: sentence.optional() }),
  'open-appeal': z.strictObject({ reason: sentence, proof }),
  'resolve-appeal': z.strictObject({
    verdict: z
      .enum(['resume', 'complete', 'refund'])
      .describe('The line goes on; or is completed; or `amount` is refunded'),
    amount: money.optional().describe('With verdict refund only'),
    reason: sentence,
  }),
} satisfies Record<Command, z.ZodType>;

/**
 * Body of `POST /v1/orders/{orderId}/request-unsubscription` for a bundle: all of its lines at once (domain.md 3.1).
 */
export const bundleRequest = z.strictObject({
  reason: sentence,
  received: z.boolean().optional().describe('Whether the goods have arrived'),
  lines: z
    .array(z.strictObject({ orderLineId: lineId, amount: money }))
    .min(1)
    .max(100)
    .describe('Every line of the order once, each with what is to go back'),
});
export type BundleRequestBody = z.infer<typeof bundleRequest>;

export type CommandBody<C extends Command> = z.infer<(typeof commandBodies)[C]>;

/**
 * What of a command reaches the line's workflow: personal data stays in SQL, and a new address is only named there
 * (`domain/logistics.ts`).
 */
export type CommandData<C extends Command> = C extends 'change-address'
  ? { addressId: string }
  : CommandBody<C>;
