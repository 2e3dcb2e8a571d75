import { allHandlersFinished, CancellationScope, condition } from '@temporalio/workflow';
import type { BundleOutcome, BundlePhase, BundleRequest, BundleStep } from '../domain/bundle';
import { Bundle } from './bundle/bundle';
import { handleMessages } from './bundle/handlers';
import { isEnd, next } from './bundle/machine';

/** What is asked of every line in a phase; in `WAITING` it is their turn to say something. */
const STEPS: Partial<Record<BundlePhase, BundleStep>> = {
  RESERVING: 'reserve',
  ASKING: 'ask',
  LOCKING: 'lock',
  UNLOCKING: 'unlock',
};

/**
 * Unsubscribes a bundle: the order as a whole, or nothing of it (domain.md 3.1). Every line is reserved, then every
 * seller asked; the last approval locks all lines, and then all are refunded. Lines are reached by updates (activity
 * `askLine`), and tell what happens to them by a signal. With at most a hundred lines its history stays short.
 *
 * @returns how it ended; a later request is a run of its own
 */
export async function bundleUnsubscription(input: BundleRequest): Promise<{ outcome: BundleOutcome }> {
  const bundle = new Bundle(input);
  const { state } = bundle;
  handleMessages(bundle);
  // A cancellation from the Temporal UI takes the request back, as long as that is possible.
  CancellationScope.current().cancelRequested.catch(() => {
    state.withdrawnBy ??= 'operator';
  });

  return CancellationScope.nonCancellable(async () => {
    bundle.show();
    while (!isEnd(state.phase)) {
      const step = STEPS[state.phase];
      if (step) await bundle.askAll(step);
      else await condition(() => next(state) !== state.phase);
      bundle.enter(next(state));
    }
    await bundle.askAll(state.phase === 'APPROVED' ? 'refund' : 'free');
    bundle.over = true;
    await condition(allHandlersFinished);
    return { outcome: state.phase };
  });
}
