import { getExternalWorkflowHandle, isCancellation } from '@temporalio/workflow';
import type { Standing } from '../../domain/bundle';
import { bundleUnsubscriptionWorkflowId } from '../../domain/ids';
import type { Line } from '../line';
import { standingSignal } from '../messages';
import type { BundlePart } from '../state';
import { ENDED_FROM_OUTSIDE, giveBack } from './give-back';
import { saying, standingOf } from './standing';

/** What a line comes to by itself; of all else its bundle knows. */
const NEWS: readonly Standing[] = ['AGREED', 'FROZEN', 'REJECTED', 'REFUSED'];

/** Whether the bundle has not been told how the line stands. */
export function bundleUntold(line: Line): boolean {
  const { bundle } = line.state;
  if (!bundle) return false;
  const standing = standingOf(line);
  return standing !== bundle.told && NEWS.includes(standing);
}

/** Whether something is to be told that is not on its way. */
export function bundleWaits(line: Line): boolean {
  return !line.tellingBundle && bundleUntold(line);
}

/** Tells the bundle how the line stands. */
export function tellBundle(line: Line): void {
  if (!bundleWaits(line)) return;
  line.tellingBundle = true;
  void tellAll(line);
}

async function tellAll(line: Line): Promise<void> {
  const { state } = line;
  // The line does not end or continue as new before: the server drops what a closed run still has to say.
  while (bundleUntold(line) && state.bundle) await signalBundle(line, state.bundle);
  line.tellingBundle = false;
}

/** Signals the bundle how the line stands. When nobody is there to hear it, the line's part is over. */
export async function signalBundle(line: Line, part: BundlePart): Promise<void> {
  const { state, order } = line;
  const bundle = getExternalWorkflowHandle(bundleUnsubscriptionWorkflowId(order.orderId));
  const said = saying(line, part.requestId);
  try {
    await bundle.signal(standingSignal, said);
    part.told = said.standing;
  } catch (error) {
    if (isCancellation(error)) throw error;
    // Another request may have reserved the line meanwhile.
    if (state.bundle === part) giveBack(line, ENDED_FROM_OUTSIDE);
  }
}
