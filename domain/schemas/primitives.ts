import { z } from 'zod';

/** Ids go into workflow ids, URLs and search attributes: short, printable, no personal data (domain.md 1.3: 64). */
export const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'letters, digits, dot, underscore and hyphen only');

/** See `domain/money.ts`. */
export const money = z
  .strictObject({
    currency: z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code such as CNY'),
    minor: z.int().min(0).max(100_000_000_000_000),
  })
  .describe('Integer minor units of one currency');

/** A reason or note that people write; control characters would break the pages that show it. */
export const sentence = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^[^\u0000-\u001f\u007f]*$/u, 'no control characters');

export const language = z.enum(['zh', 'en']);
export type Language = z.infer<typeof language>;
