import { acceptanceOf, type AutoAcceptance } from '../domain/auto-acceptance';
import type { Shipment } from '../domain/logistics';
import type { MailRequest } from '../domain/mail';
import type { LineState } from './state';

/** Whether a parcel is on its way, or waits to be accepted. */
export function isShipped(state: LineState): state is LineState & { shipment: Shipment } {
  return state.shipment !== null && (state.node === 'REVIEWING' || state.node === 'ACCEPTING');
}

/** Whether the system will accept the delivery, and when; null while there is nothing to accept (domain.md 2.7). */
export function autoAcceptance(state: LineState): AutoAcceptance | null {
  if (!isShipped(state)) return null;
  const is = acceptanceOf(state.shipment);
  if (is !== 'DUE') return { state: is, at: null };
  const clock = acceptanceClock(state);
  return clock?.stoppedAt == null ? { state: is, at: clock?.dueAt ?? null } : { state: 'STOPPED', at: null };
}

/** What a mail to the buyer says of it. */
export function acceptanceFacts(state: LineState): Pick<MailRequest, 'acceptance' | 'dueAt'> {
  const { state: acceptance = null, at: dueAt = null } = autoAcceptance(state) ?? {};
  return { acceptance, dueAt };
}

/** Its time came while a review held it up. */
export function isAcceptanceDue(state: LineState): boolean {
  const { dueAt = null, stoppedAt } = acceptanceClock(state) ?? {};
  return dueAt !== null && stoppedAt === null && dueAt <= Date.now();
}

function acceptanceClock({ clocks }: LineState) {
  return clocks.find(({ of }) => of === 'acceptance');
}
