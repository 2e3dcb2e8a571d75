import { z } from 'zod';
import { isWritable } from '../time';

/** Ids go into workflow ids, URLs and search attributes: short, printable, no personal data (domain.md 1.3: 64). */
export const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'letters, digits, dot, underscore and hyphen only');

/** Room in an order line's id for what makes a refund's id of it (domain/ids.ts): `-U99` and some more. */
const LINE_ID_MAX = 60;

/** The id of an order line. */
export const lineId = id.max(LINE_ID_MAX);

/** The currencies of the marketplace, all with two decimals: `formatMoney` counts on it. */
const CURRENCIES = [
  ...['CNY', 'USD', 'EUR', 'HKD', 'SGD', 'GBP', 'THB', 'BRL', 'MXN', 'ZAR'],
  ...['AED', 'ARS', 'AUD', 'IDR', 'INR', 'MYR', 'PEN', 'PHP', 'SAR', 'TRY'],
];

/** See `domain/money.ts`. */
export const money = z
  .strictObject({
    currency: z.string().regex(new RegExp(`^(${CURRENCIES.join('|')})$`), `one of ${CURRENCIES.join(', ')}`),
    minor: z.int().min(0).max(100_000_000_000_000),
  })
  .describe('Integer minor units of one currency');

/** One line of text: control characters would break the pages that show it, and SQL refuses NUL. */
export const text = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^[^\u0000-\u001f\u007f]*$/u, 'no control characters');

/** A reason or note that people write. */
export const sentence = text(500);

/** A moment, ISO 8601 with offset, which SQL can write too. */
export const moment = z.iso
  .datetime({ offset: true })
  .refine((time) => isWritable(Date.parse(time)), 'a moment of the years 1 to 9999 (UTC)');

/** Documents by reference: Steward keeps where they are and what they were, never their content. */
export const attachments = z
  .array(
    z.strictObject({
      name: text(200),
      url: z.url({ protocol: /^https$/ }).max(1_000),
      sha256: z.string().regex(/^[0-9a-f]{64}$/, '64 lower-case hex digits'),
    }),
  )
  .max(10);

export const language = z.enum(['zh', 'en']);
export type Language = z.infer<typeof language>;
