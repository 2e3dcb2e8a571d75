import type { Role } from '../../../domain/parties';
import { RECIPIENT } from '../orders';
import { PROOF } from '../supervised';

/** What a command may be given with. */
export interface Arguments {
  /** Bodies that the API takes, the plainest first; the line may refuse them all the same. */
  bodies: readonly [object, ...object[]];
  /** What of a body the API hands to the workflow, where that is not the body itself. */
  inside?: (body: object, updateId: string) => object;
}

export const PAID = { currency: 'CNY', minor: 990_000 };
const PART = { currency: 'CNY', minor: 500_000 };
const TOO_MUCH = { currency: 'CNY', minor: 990_001 };
const FOREIGN = { currency: 'USD', minor: 1 };
const NOTHING = { currency: 'CNY', minor: 0 };

const none: Arguments = { bodies: [{}] };
const why: Arguments = { bodies: [{ reason: 'As both agree' }] };
const PARCELS = ['SF1234567890', 'SF0987654321'] as const;
const parcel = { carrier: 'shunfeng', trackingNumber: PARCELS[0] };

/**
 * What random play gives each command with, one entry for each. A new command of `domain/commands.ts` gets its
 * entry here and is played from then on.
 */
export const ARGUMENTS: Readonly<Record<string, Arguments>> = {
  'restart-call': { bodies: [{}, { activity: 'newInstance' }, { activity: 'orderNotify' }] },
  'confirm-release': { bodies: [{ note: 'Removed, says the seller' }] },
  close: { bodies: [PAID, NOTHING, PART, TOO_MUCH, FOREIGN].map(closing) as [object] },
  'retry-refund': none,
  'record-refund': why,
  'submit-requirement': {
    bodies: [{ requirement: 'Ten seats' }, { requirement: 'Ten seats', attachments: PROOF }],
  },
  'confirm-requirement': none,
  'reject-requirement': why,
  'submit-device-id': { bodies: [{ deviceId: 'HW-00-1A-2B' }] },
  deliver: {
    bodies: [{ proof: PROOF }, {}, { proof: PROOF, enabledAt: '2026-01-01T00:00:00+08:00' }],
  },
  ship: { bodies: [{ ...parcel, proof: PROOF }] },
  'correct-logistics': { bodies: [{ ...parcel, trackingNumber: PARCELS[1] }, parcel] },
  'change-address': { bodies: [RECIPIENT], inside: (_body, addressId) => ({ addressId }) },
  'remind-buyer': none,
  'claim-license': none,
  'submit-proof': { bodies: [{ proof: PROOF }] },
  'review-pass': none,
  'review-reject': why,
  accept: none,
  reject: why,
  'request-unsubscription': {
    bodies: [
      ...[PART, PAID, NOTHING, TOO_MUCH, FOREIGN].map((amount) => ({ amount, reason: 'No use for it' })),
      ...[true, false].map((received) => ({ amount: PAID, reason: 'No use for it', received })),
    ] as unknown as [object],
  },
  'confirm-unsubscription': none,
  'refuse-unsubscription': why,
  'approve-unsubscription': none,
  'reject-unsubscription': why,
  'withdraw-unsubscription': none,
  unsubscribe: { bodies: [{}, { reason: 'Changed our mind' }] },
  'open-appeal': { bodies: [{ reason: 'Nothing came', proof: PROOF }] },
  'resolve-appeal': {
    bodies: [
      { verdict: 'resume', reason: 'Both agree' },
      { verdict: 'complete', reason: 'It was delivered' },
      { verdict: 'refund', amount: PAID, reason: 'Nothing was delivered' },
      { verdict: 'refund', amount: TOO_MUCH, reason: 'Nothing was delivered' },
      { verdict: 'refund', reason: 'No amount' },
    ],
  },
};

function closing(refund: object): object {
  return { reason: 'Closed by an operator', refund };
}

/**
 * What moves a line and is no command: updates by the software of others. `request` is all that the update
 * carries.
 */
export const SOFTWARE: Readonly<Record<string, { role: Role; request: (now: number) => object }>> = {
  'activate-license': { role: 'seller', request: () => ({}) },
  'logistics-event': { role: 'carrier', request: (at) => ({ ...parcel, state: 'SIGNED', at }) },
};

/** The body of a command that a step chose; parcels of an order that is given have numbers of its own. */
export function bodyOf(command: string, choice: number, orderId?: string): object {
  const { bodies } = argumentsOf(command);
  const body: { trackingNumber?: string } = bodies[choice % bodies.length]!;
  if (orderId === undefined || body.trackingNumber === undefined) return body;
  return { ...body, trackingNumber: ownNumber(orderId, body.trackingNumber) };
}

/** The numbers that an order's parcels may have. */
export function trackingNumbersOf(orderId: string): string[] {
  return PARCELS.map((number) => ownNumber(orderId, number));
}

function ownNumber(orderId: string, number: string): string {
  return `${orderId}-${number.slice(-2)}`;
}

/** What of a body reaches the workflow. */
export function insideOf(command: string, body: object, updateId: string): object {
  return argumentsOf(command).inside?.(body, updateId) ?? body;
}

function argumentsOf(command: string): Arguments {
  const found = ARGUMENTS[command];
  if (!found) throw new Error(`${command} has no entry in ARGUMENTS of test/support/play/arguments.ts`);
  return found;
}
