import type { BundleOutcome, BundlePhase, LineStanding, Standing } from '../../domain/bundle';
import type { ErrorCode, ErrorParams } from '../../domain/errors';

/** All that the unsubscription of a bundle knows. */
export interface BundleState {
  phase: BundlePhase;
  /** Null before the line has answered. */
  lines: { orderLineId: string; standing: Standing | null; revision: number }[];
  /** The first line that could not be reserved, and why. */
  refusal: { orderLineId: string; code: ErrorCode; params: ErrorParams } | null;
  /** Who takes the request back: the buyer, or an operator by a cancellation in the Temporal UI. */
  withdrawnBy: 'buyer' | 'operator' | null;
  /** The same request has come to its end before: nothing is asked again. */
  repeated: boolean;
}

const ENDS: readonly BundlePhase[] = ['APPROVED', 'REJECTED', 'REFUSED', 'WITHDRAWN'];

export function isEnd(phase: BundlePhase): phase is BundleOutcome {
  return ENDS.includes(phase);
}

/**
 * What follows the phase, once every line has answered its step; the same phase while it has to wait on.
 *
 * The order of the rules decides the races. Whatever ends the request counts until all lines are locked, a withdrawal
 * too: only `APPROVED`, which is reached from `LOCKING` alone, cannot be stopped any more. A line that came to another
 * end (an operator's `close`, a verdict) cannot be locked, so that nothing of the others is refunded; and no line comes
 * to another end once it is locked. An appeal against an approved line holds up, and does not end, the others.
 */
export function next({ phase, lines, refusal, withdrawnBy, repeated }: BundleState): BundlePhase {
  const some = (...standings: Standing[]) =>
    lines.some(({ standing }) => standing !== null && standings.includes(standing));
  const all = (wanted: Standing) => lines.every(({ standing }) => standing === wanted);
  const answered = lines.every(({ standing }) => standing !== null);

  if (isEnd(phase)) return phase;
  if (refusal !== null || repeated) return 'REFUSED';
  if (withdrawnBy !== null) return withdrawnBy === 'buyer' ? 'WITHDRAWN' : 'REFUSED';
  if (some('REJECTED')) return 'REJECTED';
  if (some('REFUSED', 'OVER')) return 'REFUSED';
  switch (phase) {
    case 'RESERVING':
      // A run whose forerunner was ended from outside finds lines that are further on.
      return answered ? 'ASKING' : phase;
    case 'ASKING':
      // Nobody is to find a line locked while a seller, or an operator, is waited for.
      return some('LOCKED') ? 'UNLOCKING' : 'WAITING';
    case 'UNLOCKING':
      return 'WAITING';
    case 'WAITING':
      return all('AGREED') ? 'LOCKING' : phase;
    case 'LOCKING':
      return all('LOCKED') ? 'APPROVED' : 'UNLOCKING';
  }
}

/** Takes what a line says of itself, unless something newer is known: sayings come late and twice. */
export function hear(state: BundleState, { orderLineId, standing, revision }: LineStanding): void {
  const line = state.lines.find((one) => one.orderLineId === orderLineId);
  if (line && revision > line.revision) Object.assign(line, { standing, revision });
}

/** Which line ended the request; null when no line did. */
export function endedBy({ refusal, lines }: BundleState): string | null {
  const line = lines.find(({ standing }) => standing === 'REJECTED' || standing === 'REFUSED');
  return refusal?.orderLineId ?? line?.orderLineId ?? null;
}
