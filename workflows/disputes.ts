import type { Unsubscription } from '../domain/order-line';
import type { Line } from './line';
import type { LineState } from './state';

/** Whether an unsubscription waits for an answer, the operator's or the seller's. */
export function isPending(state: LineState): state is LineState & { unsubscription: Unsubscription } {
  const status = state.unsubscription?.status;
  return status === 'OPERATOR_CONFIRMING' || status === 'REQUESTED';
}

/** Whose answer a pending unsubscription waits for: in transit the seller is not asked yet (domain.md 3.1). */
export function askedOf({ unsubscription }: LineState): 'seller' | 'operator' {
  return unsubscription?.status === 'OPERATOR_CONFIRMING' ? 'operator' : 'seller';
}

/** Whether the buyer waits for an answer, or is about to ask, with all lines of a bundle. */
export function isHeld(state: LineState): boolean {
  return isPending(state) || state.bundle?.step === 'RESERVED';
}

/** Whether nothing at all may change the line but its bundle, which decides about all lines. */
export function isLocked({ bundle }: LineState): boolean {
  return bundle?.step === 'LOCKED';
}

/**
 * What is open between the parties ends with the decision that ends the line: a requested unsubscription is
 * refused, an appeal that the order's `close` overtook is resolved by it, and no clock runs on (design §3).
 */
export function settleDisputes({ state }: Line, reason = ''): void {
  state.clocks = [];
  if (isPending(state)) {
    state.unsubscription = { ...state.unsubscription, status: 'REFUSED' };
  }
  if (state.appeal?.status === 'OPEN') {
    state.appeal = { ...state.appeal, status: 'RESOLVED', resolution: { verdict: 'close', reason } };
  }
}
