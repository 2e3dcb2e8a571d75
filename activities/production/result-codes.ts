/**
 * The seller's result codes with their published meanings (domain.md 1.9; the last two come from the
 * License interface). A code that is not in the table is a failure and is named as unknown.
 */
export const RESULT_CODES: Readonly<Record<string, string>> = {
  '000000': 'success',
  '000001': 'authentication failed',
  '000002': 'invalid request parameter',
  '000003': 'the instance id does not exist',
  '000004': 'the request is being processed',
  '000005': 'other internal error',
  '000100': 'no instance resource can be allocated',
  '000101': 'the mobile number is not specified or already exists',
  '000102': 'the e-mail address is not specified or already exists',
  '000103': 'the product was already purchased',
  '000104': 'internal service error',
  '000105': 'the account is already subscribed to the benefits',
  '000106': 'the product resources are sold out',
  '000107': 'the SaaS e-mail domain already exists',
  '000902': 'a periodic licence needs an expiry date',
  '000903': 'a device fingerprint or hardware id is needed',
};

export const SUCCESS = '000000';
export const AUTHENTICATION_FAILED = '000001';
export const IN_PROGRESS = '000004';

/** `000005 other internal error`, or `999999 a code that the interface does not know`. */
export function describeResultCode(code: string): string {
  const meaning = Object.hasOwn(RESULT_CODES, code) ? RESULT_CODES[code] : undefined;
  return `${code} ${meaning ?? 'a code that the interface does not know'}`;
}
