import type { BundleAsk } from '../../domain/bundle';
import { stopClock } from '../clocks';
import { askedOf } from '../disputes';
import type { Line } from '../line';
import { adjustClocks } from '../standstill';
import { isOpen } from './standing';

type BundleEnd = NonNullable<BundleAsk['end']>;

/** Somebody terminated the workflow of the bundle. */
export const ENDED_FROM_OUTSIDE: BundleEnd = { outcome: 'REFUSED', because: null };

/** The request has ended: what was only reserved is forgotten, what the seller was asked ends as all of it did. */
export function giveBack(line: Line, { outcome, because }: BundleEnd): void {
  const { state } = line;
  const part = state.bundle;
  if (!part) return;
  const open = isOpen(line);
  const reserved = part.step === 'RESERVED';
  const asked = askedOf(state);
  part.step = 'OVER';
  if (reserved) state.bundle = null;
  if (!open) return;

  const withdrawn = outcome === 'WITHDRAWN';
  const note = withdrawn
    ? 'The buyer withdrew the unsubscription of the whole order.'
    : `The unsubscription of the whole order ended as ${outcome}${because === null ? '' : `, by order line ${because}`}.`;
  const story = withdrawn ? { by: 'buyer' as const, command: 'withdraw-unsubscription' as const } : {};
  if (!reserved && state.unsubscription) state.unsubscription = { ...state.unsubscription, status: outcome };
  adjustClocks(line);
  if (reserved || !state.unsubscription) return line.change({}, { ...(reserved ? {} : story), note });
  stopClock(line, 'unsubscription');
  line.change({}, { ...story, note });
  const { amount } = state.unsubscription;
  if (withdrawn) line.mail('unsubscription-withdrawn', [asked], { amount });
  else line.mail('unsubscription-rejected', ['buyer', asked], { amount });
}
