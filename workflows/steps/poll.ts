import { proxyActivities } from '@temporalio/workflow';
import type { ProductionActivities } from '../../activities/contracts';
import { formatTime } from '../../domain/time';
import { validity } from '../completion';
import type { Line } from '../line';
import { SELLER_CALL } from '../policies';
import { afterCompletion } from './five-days';
import { callSeller } from './seller-call';
import { unsubscribe } from './unsubscribe';

const { queryInstance } = proxyActivities<ProductionActivities>(SELLER_CALL);

/**
 * One query whether the accepted instance is ready: a planned one, or an extra one that
 * `restart-call` asked for. A create is never repeated from here (domain.md 1.4; design §4). Our own
 * downtime moves no end: the seller did not need us to get ready, and the query after it sees that it is.
 */
export async function poll(line: Line): Promise<void> {
  const { state, windows } = line;
  const { poll: plan, instanceId } = state;
  if (!plan || instanceId === null) return;
  const nextAt = Math.min(plan.nextAt, plan.until);
  await line.until(nextAt, () => state.restart || state.undo !== null, 'Wait for the next query');
  if (state.undo) return;

  const madeAt = Date.now();
  const planned = !state.restart;
  const summary = `${planned ? 'Query' : 'Extra query'} whether the instance is ready`;
  const result = await callSeller(line, 'queryInstance', (input) =>
    queryInstance.executeWithOptions({ summary }, [{ ...input, instanceId }]),
  );
  if (state.undo || result.kind === 'abandoned') return;
  if (result.kind === 'answered' && result.answer.ready) return completed(line);

  if (planned) {
    // From plan to plan, so that slow answers do not add up; anew from now after a downtime.
    const next = nextAt + plan.wait;
    plan.nextAt = next > Date.now() ? next : Date.now() + plan.wait;
    plan.wait = Math.min(plan.wait * 2, windows.pollMax);
  }
  if (result.kind === 'exception') {
    const note = `queryInstance call ${state.calls.queryInstance} failed: ${result.exception.words}`;
    line.change({}, { note: `${note}. Steward asks again until ${formatTime(plan.until)}.` });
    if (!plan.failureTold) {
      line.tell('order.call_failed', note);
      line.mail('call-failed', ['seller'], { quote: result.exception.words, dueAt: plan.until });
    }
    plan.failureTold = true;
  } else {
    line.stay();
  }
  if (madeAt >= plan.until)
    unsubscribe(line, 'The seller accepted the order but did not get it ready in time');
}

function completed(line: Line): void {
  line.change(
    { status: 'COMPLETED', ...afterCompletion(line), ...validity(line, null) },
    { note: 'The instance is ready; the order is completed.' },
  );
  line.tell('order.opened', 'The seller opened the instance.');
  line.tell('order.completed', 'The order is completed.');
  line.mail('opened', ['buyer'], { dueAt: line.state.fiveDaysUntil });
}
