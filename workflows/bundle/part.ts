import { setHandler } from '@temporalio/workflow';
import { BUNDLE_STEPS, type BundleAsk, type BundleStep, type Standing } from '../../domain/bundle';
import { formatMoney } from '../../domain/money';
import type { Party } from '../../domain/parties';
import { checkReceived, checkRefund, checkText } from '../checks';
import { stopClock } from '../clocks';
import { isLocked } from '../disputes';
import { whyNotInBundle } from '../guards';
import type { Line } from '../line';
import { bundleStepUpdates } from '../messages';
import { refusal } from '../refusal';
import { adjustClocks } from '../standstill';
import type { LineState } from '../state';
import { unsubscribe } from '../steps/unsubscribe';
import { requestUnsubscription } from '../unsubscription';
import { ENDED_FROM_OUTSIDE, giveBack } from './give-back';
import { checkAsk } from './shape';
import { isOpen, saying, standingOf } from './standing';
import { watchLock } from './watch';

/**
 * A line's part in the unsubscription of its bundle (domain.md 3.1): the steps that `bundle-unsubscription.ts` asks
 * for, each once however often it comes, and what the line tells it of itself.
 *
 * From `reserve` on nothing ends the buyer's right to its money (as in `UNSUBSCRIPTION_PENDING`), yet an operator may
 * close the line or decide an appeal: that ends its part, and the line tells so. From `lock` on nothing at all changes
 * the line, so that all lines of a bundle are refunded, or none.
 */
export function handleBundle(line: Line): void {
  if (!line.order.bundle) return;
  for (const step of BUNDLE_STEPS) handleStep(line, step);
  // Locked by the run that this one continues.
  if (isLocked(line.state)) void watchLock(line);
}

function handleStep(line: Line, step: BundleStep): void {
  setHandler(
    bundleStepUpdates[step],
    async (ask) => {
      await STEPS[step](line, ask);
      line.measure();
      const said = saying(line, ask.requestId);
      if (line.state.bundle) line.state.bundle.told = said.standing;
      return said;
    },
    {
      validator: (ask: BundleAsk) => {
        checkAsk(step, ask);
        if (step === 'reserve' && !isOpen(line) && !isKnown(line, ask)) checkReserve(line, ask);
      },
    },
  );
}

const STEPS: Record<BundleStep, (line: Line, ask: BundleAsk) => void | Promise<void>> = {
  reserve: (line, ask) => {
    if (isKnown(line, ask)) return;
    if (isOpen(line)) {
      // One workflow at a time asks for a bundle: that of the former request was ended from outside.
      giveBack(line, ENDED_FROM_OUTSIDE);
      checkReserve(line, ask);
    }
    line.state.bundle = { requestId: ask.requestId, step: 'RESERVED', told: 'RESERVED' };
    adjustClocks(line);
    const note = `The whole order is to be unsubscribed; ${formatMoney(ask.amount)} of this line.`;
    line.change({}, { note });
  },
  ask: (line, { requestId, amount, reason, received }) => {
    const part = partAt(line, requestId, 'RESERVED');
    if (!part) return;
    part.step = 'ASKED';
    const by: Party = { role: 'buyer', sub: line.order.buyerId };
    return requestUnsubscription(line, {
      by,
      data: { amount, reason, ...(received !== undefined && { received }) },
    });
  },
  lock: (line, { requestId }) => {
    const part = partAt(line, requestId, 'AGREED');
    if (!part) return;
    part.step = 'LOCKED';
    void watchLock(line);
    line.change({}, { note: 'The sellers of all lines have approved; the refund is being decided.' });
  },
  unlock: (line, { requestId }) => {
    const part = partAt(line, requestId, 'LOCKED');
    if (!part) return;
    part.step = 'ASKED';
    line.change({}, { note: 'The refund is not decided yet: it waits for another line.' });
  },
  refund: (line, { requestId }) => {
    const part = partAt(line, requestId, 'LOCKED');
    const { unsubscription } = line.state;
    if (!part || !unsubscription) return;
    part.step = 'OVER';
    const { amount, reason } = unsubscription;
    unsubscribe(line, reason, { outcome: 'UNSUBSCRIBED', agreed: unsubscription, amount });
  },
  free: (line, ask) => {
    if (isKnown(line, ask) && ask.end) giveBack(line, ask.end);
  },
};

/** The seller approves its part: the refund waits for those of the other lines. */
export function agree(line: Line, { role }: Party): void {
  const { state } = line;
  if (!state.unsubscription) return;
  state.unsubscription = { ...state.unsubscription, agreed: true };
  stopClock(line, 'unsubscription');
  const note = 'The seller approved; the refund waits for the sellers of the other lines.';
  line.change({}, { by: role, command: 'approve-unsubscription', note });
}

/** As a request for this line alone, apart from what bundles refuse to those. */
function checkReserve(line: Line, { amount, reason, received }: BundleAsk): void {
  const why = whyNotInBundle(line, 'request-unsubscription', 'buyer');
  if (why) throw refusal(why.code, why.params);
  checkText({ reason }, 'reason');
  checkRefund(line.order, amount, 'amount', 1);
  checkReceived(line.state, received);
}

/** Whether the request has come before; an ended one too, unless it was refused before any seller was asked. */
function isKnown({ state }: Line, { requestId }: BundleAsk): boolean {
  return state.bundle?.requestId === requestId;
}

function partAt(line: Line, requestId: string, standing: Standing): LineState['bundle'] {
  const { bundle } = line.state;
  return bundle?.requestId === requestId && standingOf(line) === standing ? bundle : null;
}
