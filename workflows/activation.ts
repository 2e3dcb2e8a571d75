import { setHandler } from '@temporalio/workflow';
import type { UpdateAnswer } from '../domain/order-line';
import type { Party } from '../domain/parties';
import { formatTime } from '../domain/time';
import { checkOwn, checkShape } from './checks';
import { knownAnswer, remember } from './commands';
import type { Line } from './line';
import { activateLicenseUpdate } from './messages';
import { moveOn } from './moves';
import { refusal } from './refusal';

type Activated = UpdateAnswer & { activatedAt: number };

/**
 * The seller's software says that the buyer's code is in use (domain.md 2.4). Who knows the code was found out
 * before; here it counts how far the line is. The activation is the actual enabling time.
 */
export function handleActivation(line: Line): void {
  setHandler(
    activateLicenseUpdate,
    ({ by }): Activated => {
      const { state } = line;
      const activatedAt = state.license?.activatedAt ?? Date.now();
      const given = knownAnswer(line);
      if (given) return { ...given, activatedAt };
      if (state.license) state.license.activatedAt = activatedAt;
      state.enabledAt = activatedAt;
      moveOn(line, 'activate-license', {
        by: by.role,
        note: "The seller's software activated the licence code.",
      });
      line.measure();
      const answer = line.answer();
      remember(line, { answer });
      return { ...answer, activatedAt };
    },
    {
      validator: (request: { by: Party }) => {
        if (knownAnswer(line)) return;
        checkShape({ ...request, data: {} });
        check(line, request.by);
      },
    },
  );
}

function check({ state, order, here }: Line, by: Party): void {
  if (by.role !== 'seller') throw refusal('FORBIDDEN', { role: by.role, roles: 'seller' });
  checkOwn(order, by);
  const { license } = state;
  if (license?.activatedAt != null) {
    throw refusal('ALREADY_ACTIVATED', { at: formatTime(license.activatedAt) });
  }
  if (state.node === 'ENDED') throw refusal('ORDER_ENDED', { orderLineId: order.orderLineId });
  if (state.appeal?.status === 'OPEN') throw refusal('APPEAL_OPEN');
  if (license?.claimedAt == null) throw refusal('92020004');
  if (here.moves?.['activate-license'] === undefined) throw refusal('REFUND_DECIDED');
}
