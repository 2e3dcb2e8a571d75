import { condition, proxyActivities } from '@temporalio/workflow';
import type { ProductionActivities } from '../../activities/contracts';
import { formatTime } from '../../domain/time';
import type { Line } from '../line';
import { SELLER_CALL } from '../policies';
import { callSeller } from './seller-call';

const { releaseInstance } = proxyActivities<ProductionActivities>(SELLER_CALL);

/**
 * After the refund: the instance that the seller has, or may have, goes too. Without one the line ends.
 *
 * @param note why the refund is settled
 * @param tell tells the platform so, once the line has moved
 */
export function beginRelease(line: Line, note: string, tell: () => void): void {
  const { state, windows } = line;
  if (state.instanceId !== null) {
    state.releaseUntil = Date.now() + windows.releaseRestart;
    line.change({ node: 'RELEASING', dueAt: state.releaseUntil }, { note });
    tell();
  } else if (state.mayHaveInstance) {
    const why = 'A create call went unanswered: the seller may have made an instance.';
    line.change({ node: 'RELEASE_UNCONFIRMED', dueAt: null }, { note: `${note} ${why}` });
    tell();
    line.tell('order.release_unconfirmed', why);
    line.mail('remove-instance', ['seller']);
    line.mail('release-unconfirmed', ['operator'], { quote: why });
  } else {
    line.change({ node: 'ENDED', dueAt: null }, { note });
    tell();
  }
}

/** Called once, then only when restarted, for 30 days (domain.md 1.10; design §6). */
export async function release(line: Line): Promise<void> {
  const { state, order } = line;
  const { instanceId, undo, releaseUntil } = state;
  if (instanceId === null || undo === null || releaseUntil === null) return;
  if (state.calls.releaseInstance > 0) {
    const restarted = await line.until(
      releaseUntil,
      () => state.restart || line.isLong,
      'Wait for a restart of the release',
    );
    if (!restarted) return unconfirmed(line);
    if (!state.restart) return;
  }
  const summary = `Release for unsubscription ${undo.unsubscription.id}`;
  const result = await callSeller(line, 'releaseInstance', (input) =>
    releaseInstance.executeWithOptions({ summary }, [
      { ...input, instanceId, unsubscriptionId: undo.unsubscription.id },
    ]),
  );
  if (result.kind === 'answered') {
    line.change(
      { node: 'ENDED', dueAt: null },
      { note: `The seller released the instance of order line ${order.orderLineId}.` },
    );
  } else if (result.kind === 'exception') {
    const note = `releaseInstance call ${state.calls.releaseInstance} failed: ${result.exception.words}`;
    line.change({}, { note: `${note}. It can be restarted until ${formatTime(releaseUntil)}.` });
    line.tell('order.call_failed', note);
    line.mail('call-failed', ['seller'], { quote: result.exception.words });
  }
}

/** An operator makes sure with the seller that nothing is left, and says so. */
export async function confirmRelease(line: Line): Promise<void> {
  await condition(() => line.state.node !== 'RELEASE_UNCONFIRMED' || line.isLong);
}

function unconfirmed(line: Line): void {
  const note = 'The seller did not release the instance in time.';
  line.change({ node: 'RELEASE_UNCONFIRMED', dueAt: null }, { note });
  line.tell('order.release_unconfirmed', note);
  line.mail('release-unconfirmed', ['operator'], { quote: note });
}
