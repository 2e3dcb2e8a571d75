/**
 * How far a parcel is, as its carrier says (domain.md 2.7): `RETURNED` is every way in which it does not stay
 * with the recipient (refused, sent back, signed and returned).
 */
export const PARCEL_STATES = ['IN_TRANSIT', 'SIGNED', 'RETURNED'] as const;
export type ParcelState = (typeof PARCEL_STATES)[number];

/**
 * Whether there is valid logistics information: `PENDING` until the carrier has said something. Only with
 * `VALID` does a signature lead to automatic acceptance.
 */
export const LOGISTICS_INFO = ['PENDING', 'VALID', 'PHONE_MISMATCH', 'CARRIER_UNKNOWN'] as const;
export type LogisticsInfo = (typeof LOGISTICS_INFO)[number];

/** Kuaidi100's code of a carrier, such as `shunfeng`. */
export const CARRIER = /^[a-z0-9_]{2,32}$/;
export const TRACKING_NUMBER = /^[A-Za-z0-9-]{6,32}$/;

/** How far a carrier's clock may be ahead of ours, in milliseconds: what it says of later is of the future. */
export const CARRIER_AHEAD = 5 * 60_000;

/** What the carrier says now. */
export type ParcelNews =
  | {
      info: 'VALID';
      state: ParcelState;
      /** Since when, by the carrier's own clock; epoch milliseconds. */
      at: number;
    }
  | { info: 'PHONE_MISMATCH' | 'CARRIER_UNKNOWN' };

/** Of which recipient's phone a parcel is to be: the one in the order, or the address that took its place. */
export const ORDERED_ADDRESS = '0';

/** Asks about a parcel until its carrier says something else than what is known. */
export interface TrackParcelInput {
  orderId: string;
  orderLineId: string;
  /** Kuaidi100's code of the carrier. */
  carrier: string;
  trackingNumber: string;
  /** Which of the line's recipients it goes to; `ORDERED_ADDRESS` for the one in the order. */
  addressId: string;
  /** What was learned before; null for nothing. */
  known: ParcelState | null;
}

/** A parcel on its way to the buyer, as a line's workflow knows it. Times are epoch milliseconds. */
export interface Shipment {
  /** From 1; a correction and a shipping anew count on. */
  n: number;
  carrier: string;
  trackingNumber: string;
  shippedAt: number;
  info: LogisticsInfo;
  /** Null until the carrier has said something. */
  state: ParcelState | null;
  /** Since when, by the carrier's clock. */
  stateAt: number | null;
  /** When Steward learned it. */
  learnedAt: number | null;
}

/** To whom goods go: encrypted in SQL, for the line's seller and buyer, never in a workflow. */
export interface Recipient {
  name: string;
  phone: string;
  address: string;
}
