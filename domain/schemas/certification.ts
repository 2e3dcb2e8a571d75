import { z } from 'zod';
import type { CertificationCommand } from '../certification/machine';
import { site } from './order';
import { sentence, text } from './primitives';

const financeContact = z.strictObject({
  name: text(100),
  email: z.email().max(254),
  phone: z.string().regex(/^\+?[\d ()-]{5,30}$/, 'digits, spaces, hyphens, and + before them'),
});

const submission = z.strictObject({
  site,
  companyName: text(200),
  taxNumber: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 -]{4,38}[A-Za-z0-9]$/, '6 to 40 letters and digits'),
  financeContact,
  bank: z.strictObject({
    accountName: text(200).describe('The name of the company'),
    bank: text(200),
    accountNumber: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9 -]{4,38}[A-Za-z0-9]$/, '6 to 40 letters and digits'),
  }),
});
const nothing = z.strictObject({ site });

/** Query of `GET /v1/sellers/{id}/certification`. */
export const certificationQuery = z.strictObject({ site });

/** Bodies of `POST /v1/sellers/{id}/certification/{command}`. */
export const certificationBodies = {
  'submit-certification': submission,
  'update-certification': submission,
  'update-finance-contact': z.strictObject({ site, financeContact }),
  'approve-certification': nothing,
  'reject-certification': z.strictObject({ site, reason: sentence }),
  'reopen-certification': nothing,
} satisfies Record<CertificationCommand, z.ZodType>;

export type CertificationBody<C extends CertificationCommand> = z.infer<(typeof certificationBodies)[C]>;
