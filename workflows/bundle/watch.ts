import { CancellationScope, sleep } from '@temporalio/workflow';
import { isLocked } from '../disputes';
import type { Line } from '../line';
import { backoff } from '../policies';
import { signalBundle } from './tell';

/**
 * Looks from time to time whether the bundle that has locked the line still runs: if somebody ended it from outside,
 * nothing else would ever unlock the line. To be called when it is locked.
 */
export async function watchLock(line: Line): Promise<void> {
  const part = line.state.bundle;
  // A cancellation of the line waits for this.
  await CancellationScope.nonCancellable(async () => {
    for (let n = 1; part; n += 1) {
      // Without a condition: what it and others wait for would come in another order in a replay (announce.ts).
      await sleep(backoff(n), { summary: 'Until it is seen whether the bundle still runs' });
      if (line.state.bundle !== part || !isLocked(line.state)) return;
      await signalBundle(line, part);
    }
  });
}
