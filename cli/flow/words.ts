import type { Given, NodeDescription } from './description';

/** For example `deliver (seller)`, or `resolve-appeal refund (operator)`. */
export function commandWords({ command, roles, verdict }: Given): string {
  return `${verdict === undefined ? command : `${command} ${verdict}`} (${roles.join(', ')})`;
}

/** For example `only empowerment with joint or huawei`; null where every delivery stops. */
export function reviewWords({ reviews }: NodeDescription): string | null {
  return reviews && `only ${reviews.scenes.join(' or ')} with ${reviews.trades.join(' or ')}`;
}
