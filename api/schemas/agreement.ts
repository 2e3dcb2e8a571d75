import { z } from 'zod';
import type { AgreementAnswer, SignatureAnswer } from '../../domain/agreement';
import { id } from '../../domain/schemas/primitives';

const time = z.string().describe('ISO 8601 with offset');
const sha256 = z.string().describe('Of the text in UTF-8, 64 lower-case hex digits');

/** Answer of `POST /v1/agreements` and `GET /v1/agreements/{version}`. */
export const agreementAnswer = z.object({
  version: id,
  text: z.string(),
  sha256,
  publishedAt: time,
  current: z.boolean().describe('The newest one: it is the one to be signed'),
  signedAt: time
    .nullable()
    .describe('When the seller who asks signed it; null when it did not, and for others'),
}) satisfies z.ZodType<AgreementAnswer>;

/** Answer of `POST /v1/agreements/{version}/sign-agreement`. */
export const signatureAnswer = z.object({
  sellerId: id,
  version: id,
  sha256,
  signedAt: time,
}) satisfies z.ZodType<SignatureAnswer>;
