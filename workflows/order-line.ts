import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  setHandler,
} from '@temporalio/workflow';
import type { Node, Status } from '../domain/nodes';
import type { OrderLineStart } from '../domain/order-line';
import { announce } from './announce';
import { handleCommands } from './commands';
import { Line } from './line';
import { openUpdate, viewQuery } from './messages';
import { publishViews } from './registry';
import { newState, type LineState } from './state';
import { create } from './steps/create';
import { poll } from './steps/poll';
import { refund } from './steps/refund';
import { confirmRelease, release } from './steps/release';
import { unsubscribe } from './steps/unsubscribe';

/** One step of the life, by node: it returns when something has changed. */
const STEPS: Record<Node, (line: Line) => Promise<void>> = {
  OPENING: create,
  POLLING: poll,
  REFUNDING: refund,
  REFUND_STUCK: refund,
  RELEASING: release,
  RELEASE_UNCONFIRMED: confirmRelease,
  ENDED: settle,
};

/**
 * The life of an order line: opened at its seller, or unsubscribed, refunded and released.
 *
 * @param input what the line is about, and the windows it lives by; `state` only in a continued run
 * @returns the status in which it ended
 */
export async function orderLine(input: OrderLineStart & { state?: LineState }): Promise<{ status: Status }> {
  const line = new Line(input.line, input.windows, input.state ?? newState(Date.now()));
  const { state } = line;
  setHandler(viewQuery, () => line.view());
  setHandler(openUpdate, () => line.answer());
  handleCommands(line);
  closeWhenCancelled(line);

  return CancellationScope.nonCancellable(async () => {
    if (state.revision === 0) line.change({}, { by: 'platform', note: 'The paid order was handed over.' });
    void announce(line);
    void publishViews(line);

    while (!isSettled(line)) {
      if (line.isLong) return goOn(line);
      await STEPS[state.node](line);
    }
    return { status: state.status };
  });
}

/** The last step: the platform has every event and the registry the end. */
async function settle(line: Line): Promise<void> {
  await condition(() => isSettled(line) || line.isLong);
}

function isSettled({ state }: Line): boolean {
  const published = state.published.revision === state.revision;
  return state.node === 'ENDED' && published && state.outbox.length === 0 && allHandlersFinished();
}

/** The same line in a fresh history, with its clocks, its answers and what is still to be sent. */
async function goOn({ order, windows, state }: Line): Promise<never> {
  await condition(allHandlersFinished);
  return continueAsNew<typeof orderLine>({ line: order, windows, state });
}

/** A cancellation from the Temporal UI is a close with a full refund, while one is possible (design §3). */
function closeWhenCancelled(line: Line): void {
  CancellationScope.current().cancelRequested.catch(() => {
    const { state, order } = line;
    if (state.node !== 'OPENING' && state.node !== 'POLLING') return;
    unsubscribe(line, 'Cancelled in the Temporal UI', {
      outcome: 'CLOSED',
      amount: order.amount,
      by: 'operator',
      command: 'close',
    });
  });
}
