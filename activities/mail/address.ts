/** As long as a path may be in SMTP (RFC 5321 4.5.3.1.3), without its brackets. */
const LONGEST = 254;

/**
 * Whether a text is one plain address, and nothing that a mail server, or nodemailer, could read as several,
 * as a name or as a header. Host names without a dot are fine: `operators@localhost`.
 */
export function isMailAddress(text: string): boolean {
  return text.length <= LONGEST && /^[^\s\p{C}<>()[\]\\,;:"@]+@[^\s\p{C}<>()[\]\\,;:"@]+$/u.test(text);
}
