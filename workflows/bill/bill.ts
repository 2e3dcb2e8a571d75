import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  setHandler,
} from '@temporalio/workflow';
import type { BillStart } from '../../domain/billing/life';
import type { BillNode } from '../../domain/billing/nodes';
import { billViewQuery } from '../messages';
import { announce } from './announce';
import { runBillClock } from './clock';
import { handleBillCommands } from './commands';
import { BillLife } from './life';
import { publishViews } from './publish';
import { newBillState, type BillState } from './state';

/**
 * The life of a bill, from its generation until it is paid, or closed without payment (domain.md 5.2, 5.3). Commands
 * move it along the flow of its variant; time limits only remind. Nobody can cancel what a seller is owed: a
 * cancellation in the Temporal UI changes nothing.
 *
 * @param input what was drawn, and the windows it lives by; `state` only in a continued run
 * @returns the node in which it ended
 */
export async function bill(input: BillStart & { state?: BillState }): Promise<{ node: BillNode }> {
  const life = new BillLife(input, input.state ?? newBillState());
  const { state } = life;
  // Before there is a handler: a command of the first task finds it under review.
  if (state.revision === 0) life.enter('GENERATED', { note: 'The bill was drawn by the billing run.' });
  setHandler(billViewQuery, () => life.view());
  handleBillCommands(life);

  return CancellationScope.nonCancellable(async () => {
    void runBillClock(life);
    void announce(life);
    void publishViews(life);
    // What is left to do of one that has ended is short.
    await condition(() => isSettled(life) || (life.isLong && !life.ended));
    if (isSettled(life)) return { node: state.node };
    await condition(() => allHandlersFinished() && !life.asking);
    return continueAsNew<typeof bill>({ bill: life.bill, windows: life.windows, state });
  });
}

/** Ended, with SQL and all parties knowing. */
function isSettled(life: BillLife): boolean {
  const { state } = life;
  const told = state.published === state.revision && state.mails.length === 0;
  return life.ended && told && allHandlersFinished();
}
