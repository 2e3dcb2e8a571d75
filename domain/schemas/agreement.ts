import { z } from 'zod';
import { id } from './primitives';

/** Room for a long contract in Chinese within a body of 256 KiB. */
const LONGEST = 80_000;

/** Body of `POST /v1/agreements`. */
export const agreement = z.strictObject({
  version: id.describe('For example 2026-11; the same text again changes nothing'),
  text: z
    .string()
    .min(1)
    .max(LONGEST)
    // What SQL and UTF-8 cannot hold would change the text that its hash is of.
    .regex(/^[^\0\p{Surrogate}]*$/u, 'no NUL, no lone surrogates')
    .describe('Signed as it is, to the last space'),
});
export type AgreementBody = z.infer<typeof agreement>;
