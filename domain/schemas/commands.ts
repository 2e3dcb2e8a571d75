import { z } from 'zod';
import type { Command } from '../commands';
import { SELLER_ACTIVITIES } from '../seller-calls';
import { isWritable } from '../time';
import { attachments, money, sentence, text } from './primitives';

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
    enabledAt: z.iso
      .datetime({ offset: true })
      .refine((time) => isWritable(Date.parse(time)), 'a moment of the years 1 to 9999 (UTC)')
      .optional()
      .describe(
        'When the service was really enabled; the validity counts from it (default: from acceptance)',
      ),
  }),
  'claim-license': nothing,
  'submit-proof': z.strictObject({ proof }),
  'review-pass': nothing,
  'review-reject': reason,
  accept: nothing,
  reject: reason,
  'request-unsubscription': z.strictObject({
    amount: money.describe('More than nothing, at most what was paid'),
    reason: sentence,
    received: z.boolean().optional().describe('Whether the goods have arrived'),
  }),
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

export type CommandBody<C extends Command> = z.infer<(typeof commandBodies)[C]>;
