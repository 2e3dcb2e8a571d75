import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  patched,
  setHandler,
} from '@temporalio/workflow';
import type { Node, Status } from '../domain/nodes';
import type { OrderLineStart } from '../domain/order-line';
import { handleActivation } from './activation';
import { announce } from './announce';
import { handleBundle } from './bundle/part';
import { bundleUntold } from './bundle/tell';
import { runClocks } from './clocks';
import { handleCommands } from './commands';
import { isLocked } from './disputes';
import { Line } from './line';
import { handleLogisticsEvents } from './logistics-events';
import { openUpdate, publishUpdate, viewQuery } from './messages';
import { goTo } from './moves';
import { notifySeller } from './notify';
import { publishViews } from './registry';
import { continuedState, newState, type LineState } from './state';
import { completeImage } from './steps/complete-image';
import { create } from './steps/create';
import { fiveDays } from './steps/five-days';
import { issueLicense } from './steps/issue-license';
import { poll } from './steps/poll';
import { refund } from './steps/refund';
import { confirmRelease, release } from './steps/release';
import { supervise } from './steps/supervise';
import { unsubscribe } from './steps/unsubscribe';

/** One step of the life, by node: it returns when something has changed. Supervised nodes wait for commands. */
const STEPS: Partial<Record<Node, (line: Line) => Promise<void>>> = {
  ISSUING_CODE: issueLicense,
  OPENING: create,
  POLLING: poll,
  COMPLETING: completeImage,
  FIVE_DAYS: fiveDays,
  REFUNDING: refund,
  REFUND_STUCK: refund,
  RELEASING: release,
  RELEASE_UNCONFIRMED: confirmRelease,
  ENDED: settle,
};

/**
 * The life of an order line: opened at its seller or delivered under supervision, or else unsubscribed, refunded
 * and released.
 *
 * @param input what the line is about, and the windows it lives by; `state` only in a continued run
 * @returns the status in which it ended
 */
export async function orderLine(input: OrderLineStart & { state?: LineState }): Promise<{ status: Status }> {
  const begun = input.state && continuedState(input.line, input.state);
  const line = new Line(input.line, input.windows, begun ?? newState(input.line, Date.now()));
  const { state } = line;
  line.since040 = input.line.delivery === 'saas' && patched('0.4.0');
  setHandler(viewQuery, () => line.view());
  setHandler(openUpdate, () => line.answer());
  setHandler(publishUpdate, () => {
    state.published = { revision: 0, logged: 0 };
    return line.answer();
  });
  handleCommands(line);
  if (line.state.license) handleActivation(line);
  if (line.flow.ships) handleLogisticsEvents(line);
  handleBundle(line);
  closeWhenCancelled(line);

  return CancellationScope.nonCancellable(async () => {
    if (state.revision === 0) begin(line);
    void announce(line);
    void publishViews(line);
    void runClocks(line);
    void notifySeller(line);

    while (!isSettled(line)) {
      if (line.isLong) return goOn(line);
      await (STEPS[state.node] ?? supervise)(line);
    }
    return { status: state.status };
  });
}

function begin(line: Line): void {
  const story = { by: 'platform' as const, note: 'The paid order was handed over.' };
  if (line.flow.supervised) goTo(line, line.flow.start, story);
  else line.change({}, story);
}

/** The last step: the platform has every event and the registry the end. */
async function settle(line: Line): Promise<void> {
  await condition(() => isSettled(line) || line.isLong);
}

function isSettled(line: Line): boolean {
  const { state } = line;
  const published = state.published.revision === state.revision;
  const out = state.outbox.length === 0 && state.mails.length === 0 && !bundleUntold(line);
  return state.node === 'ENDED' && published && out && allHandlersFinished();
}

/**
 * The same line in a fresh history, with its clocks, its answers and what is still to be sent. Before that a
 * notification that is under way comes to its end, which the next run would never hear of.
 */
async function goOn(line: Line): Promise<never> {
  const { order, windows, state } = line;
  await condition(() => allHandlersFinished() && state.notify?.status !== 'CALLING' && !line.tellingBundle);
  return continueAsNew<typeof orderLine>({ line: order, windows, state });
}

/**
 * A cancellation from the Temporal UI is a close with a full refund, while one is possible (design §3); it waits while
 * the refund of a bundle is being decided.
 */
function closeWhenCancelled(line: Line): void {
  const { state, order } = line;
  const deciding = () => isLocked(state);
  const close = (): void => {
    if (state.undo !== null || state.status !== 'PROCESSING') return;
    unsubscribe(line, 'Cancelled in the Temporal UI', {
      outcome: 'CLOSED',
      amount: order.amount,
      by: 'operator',
      command: 'close',
    });
  };
  CancellationScope.current().cancelRequested.catch(async () => {
    if (deciding()) await CancellationScope.nonCancellable(() => condition(() => !deciding()));
    close();
  });
}
