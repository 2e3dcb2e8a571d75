import type { Recipient } from '../../domain/logistics';

/** The account at Kuaidi100. Without `customer` and `key` no parcel is tracked; orders of other kinds need none. */
export interface LogisticsAccess {
  /** Where its real-time query is, https. */
  url: string;
  customer?: string | undefined;
  /** Signs the queries. */
  key?: string | undefined;
}

/** To whom goods go. */
export interface RecipientDirectory {
  /** Undefined for an address that the line never had. */
  find(line: { orderId: string; orderLineId: string }, addressId: string): Promise<Recipient | undefined>;
}
