import { proxyActivities } from '@temporalio/workflow';
import type { ProductionActivities } from '../../activities/contracts';
import type { NewInstanceAnswer } from '../../domain/seller-calls';
import { formatTime } from '../../domain/time';
import type { Line } from '../line';
import { SELLER_CALL } from '../policies';
import { callSeller } from './seller-call';
import { unsubscribe } from './unsubscribe';

const { newInstance } = proxyActivities<ProductionActivities>(SELLER_CALL);

/**
 * One create call at the seller: the next due one, or an extra one that `restart-call` asked for
 * (domain.md 1.10; design §4, "Create, exactly").
 */
export async function create(line: Line): Promise<void> {
  const { state, windows } = line;
  const { n, dueAt } = state.create;
  await line.until(
    dueAt,
    () => state.restart || state.undo !== null,
    `Wait for due call ${n} of ${windows.createCalls}`,
  );
  if (state.undo) return;

  const due = !state.restart;
  const summary = due ? `Due call ${n} of ${windows.createCalls}` : 'Extra call asked for by restart-call';
  const result = await callSeller(line, 'newInstance', (input) =>
    newInstance.executeWithOptions({ summary }, [input]),
  );
  // An answer much later than its due time was late because of us: the seller gets that time back.
  const lost = Math.max(0, Date.now() - (dueAt + windows.lostGrace));

  if (result.kind === 'answered') return accepted(line, result.answer, lost);
  if (result.kind === 'abandoned') return;
  const { exception } = result;
  if (exception.mayHaveTakenEffect) state.mayHaveInstance = true;
  if (due && n < windows.createCalls) {
    state.create = { n: n + 1, dueAt: dueAt + windows.createInterval + lost };
  }
  const givenUp = due && n >= windows.createCalls;
  const failed = `newInstance call ${state.calls.newInstance} failed: ${exception.words}`;
  const story = `${failed}. ${whatFollows(line, givenUp)}`;
  line.change(state.undo ? {} : { dueAt: state.create.dueAt }, { note: story });
  line.tell('order.call_failed', story);
  const follows = givenUp || state.undo ? null : state.create.dueAt;
  if (due) line.mail('call-failed', ['seller'], { quote: exception.words, dueAt: follows });
  if (givenUp && !state.undo) {
    unsubscribe(line, `The seller did not open the order within ${windows.createCalls} due calls`);
  }
}

function whatFollows({ state, windows }: Line, givenUp: boolean): string {
  if (state.undo) return 'No call follows: the order was closed meanwhile.';
  if (givenUp) return 'It was the last one.';
  const { n, dueAt } = state.create;
  return `Due call ${n} of ${windows.createCalls} follows at ${formatTime(dueAt)}.`;
}

/** The seller took the order. After a close that is only recorded: the instance is released, never delivered. */
function accepted(line: Line, answer: NewInstanceAnswer, lost: number): void {
  const { state, windows } = line;
  const now = Date.now();
  if (state.undo) {
    line.change(
      { instanceId: answer.instanceId },
      { note: 'The seller accepted late; the instance is not delivered.' },
    );
    return;
  }
  const { n, dueAt } = state.create;
  const lastDue = dueAt + (windows.createCalls - n) * windows.createInterval + lost;
  const first = answer.opened ? 0 : windows.pollFirst;
  state.poll = {
    nextAt: now + first,
    wait: first === 0 ? windows.pollFirst : Math.min(first * 2, windows.pollMax),
    until: Math.max(lastDue, now + windows.pollAtLeast),
    failureTold: false,
  };
  line.change(
    { node: 'POLLING', dueAt: state.poll.until, instanceId: answer.instanceId },
    {
      note: answer.opened
        ? 'The seller opened the instance.'
        : `The seller accepted the order and is opening it; Steward asks until ${formatTime(state.poll.until)}.`,
    },
  );
  // The query that follows at once completes the order, nearly always.
  if (answer.opened && line.since040) line.passing = state.revision;
}
