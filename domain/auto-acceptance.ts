import type { ParcelState, Shipment } from './logistics';
import { formatTime } from './time';

/**
 * Whether the system will accept a shipped delivery by itself (domain.md 2.7): ten days after the carrier says
 * "signed", if it can be tracked and goes to the recipient's phone.
 */
export const AUTO_ACCEPTANCE_STATES = [
  /** The carrier has not said "signed" yet. */
  'AFTER_SIGNATURE',
  /** It comes at a known time. */
  'DUE',
  /** Signed for; the time stands still while an appeal or unsubscription is open. */
  'STOPPED',
  /** Never, unless the seller corrects the logistics or ships again. */
  'RETURNED',
  'PHONE_MISMATCH',
  'CARRIER_UNKNOWN',
] as const;
export type AutoAcceptanceState = (typeof AUTO_ACCEPTANCE_STATES)[number];

export interface AutoAcceptance {
  state: AutoAcceptanceState;
  /** When it comes, in epoch milliseconds; only for `DUE`. */
  at: number | null;
}

/** Why there is none, or that there may be one; the time of a signed parcel is the clock's business. */
export function acceptanceOf({ info, state }: Shipment): AutoAcceptanceState {
  if (info === 'PHONE_MISMATCH' || info === 'CARRIER_UNKNOWN') return info;
  if (state === 'RETURNED') return state;
  return state === 'SIGNED' && info === 'VALID' ? 'DUE' : 'AFTER_SIGNATURE';
}

/** In words for people, in the Temporal UI and at the command line. */
export function autoAcceptanceWords({ state, at }: AutoAcceptance): string {
  switch (state) {
    case 'DUE':
      return `at ${formatTime(at ?? 0)}, but never before a due review has passed`;
    case 'STOPPED':
      return 'stands still while an appeal or unsubscription is open';
    case 'AFTER_SIGNATURE':
      return 'only after the carrier says that it is signed for';
    case 'RETURNED':
      return 'none: the parcel did not stay with the recipient';
    case 'PHONE_MISMATCH':
      return 'none: the carrier has another phone number than that of the recipient';
    case 'CARRIER_UNKNOWN':
      return 'none: the carrier cannot be tracked';
  }
}

/** A parcel in words. */
export function shipmentWords({
  carrier,
  trackingNumber,
  state,
  stateAt,
}: Pick<Shipment, 'carrier' | 'trackingNumber' | 'state' | 'stateAt'>): string {
  const known = state !== null && stateAt !== null;
  return `${carrier} ${trackingNumber}, ${known ? stateWords(state, stateAt) : 'nothing heard of it yet'}`;
}

/** How far a parcel is, and since when. */
export function stateWords(state: ParcelState, at: number): string {
  return `${STATE_WORDS[state]} ${formatTime(at)}`;
}

const STATE_WORDS: Record<ParcelState, string> = {
  IN_TRANSIT: 'in transit since',
  SIGNED: 'signed for',
  RETURNED: 'returned',
};
