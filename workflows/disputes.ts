import type { Line } from './line';

/**
 * What is open between the parties ends with the decision that ends the line: a requested unsubscription is
 * refused, an appeal that the order's `close` overtook is resolved by it, and no clock runs on (design §3).
 */
export function settleDisputes({ state }: Line, reason = ''): void {
  state.clocks = [];
  if (state.unsubscription?.status === 'REQUESTED') {
    state.unsubscription = { ...state.unsubscription, status: 'REFUSED' };
  }
  if (state.appeal?.status === 'OPEN') {
    state.appeal = { ...state.appeal, status: 'RESOLVED', resolution: { verdict: 'close', reason } };
  }
}
