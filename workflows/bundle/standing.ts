import type { LineStanding, Standing } from '../../domain/bundle';
import type { Line } from '../line';

/** How the line stands, by what has become of its unsubscription: no command has to think of the bundle. */
export function standingOf({ state }: Line): Standing {
  const { bundle, unsubscription, undo, node, appeal } = state;
  if (!bundle || bundle.step === 'OVER') return 'OVER';
  if (bundle.step === 'RESERVED') return undo !== null || node === 'ENDED' ? 'REFUSED' : 'RESERVED';
  const { status, agreed = false } = unsubscription ?? {};
  if (status === 'REJECTED') return 'REJECTED';
  if (status === 'REFUSED') return 'REFUSED';
  if (bundle.step === 'LOCKED') return 'LOCKED';
  if (!agreed) return 'ASKED';
  return appeal?.status === 'OPEN' ? 'FROZEN' : 'AGREED';
}

/** What the line says of itself to the request of a bundle. */
export function saying(line: Line, requestId: string): LineStanding {
  const { state, order } = line;
  const standing = state.bundle?.requestId === requestId ? standingOf(line) : 'OVER';
  return { requestId, orderLineId: order.orderLineId, standing, revision: state.revision };
}

/** Whether the bundle still may have something to say about the line. */
export function isOpen(line: Line): boolean {
  return !['REJECTED', 'REFUSED', 'OVER'].includes(standingOf(line));
}
