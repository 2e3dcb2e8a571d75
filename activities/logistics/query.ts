import { createHash } from 'node:crypto';

/** One question of Kuaidi100's real-time query (实时快递查询, `/poll/query.do`). */
export interface ParcelQuery {
  /** Kuaidi100's code of the carrier. */
  carrier: string;
  trackingNumber: string;
  /** Of the recipient, as the order has it; some carriers tell nothing without it. */
  phone: string;
}

/** The form of a question: `sign` is the upper-case MD5 of `param`, key and customer, one after the other. */
export function queryForm(
  { carrier, trackingNumber, phone }: ParcelQuery,
  { customer, key }: { customer: string; key: string },
): string {
  const param = JSON.stringify({ com: carrier, num: trackingNumber, phone: dialled(phone) });
  const sign = createHash('md5')
    .update(param + key + customer)
    .digest('hex')
    .toUpperCase();
  return new URLSearchParams({ customer, sign, param }).toString();
}

/** As one dials it within China: digits only, without the country's 86. */
function dialled(phone: string): string {
  return phone.replace(/[ -]/g, '').replace(/^\+(86)?/, '');
}
