import { autoAcceptanceWords, stateWords } from '../domain/auto-acceptance';
import {
  CARRIER_AHEAD,
  PARCEL_STATES,
  type ParcelNews,
  type ParcelState,
  type Shipment,
} from '../domain/logistics';
import type { Role } from '../domain/parties';
import { isWritable } from '../domain/time';
import { acceptanceFacts, isShipped } from './acceptance';
import { startClock, stopClock } from './clocks';
import type { Line } from './line';

type Located = Extract<ParcelNews, { info: 'VALID' }>;

/**
 * What a carrier says of the line's parcel, pushed by it or asked for. Only what is newer by the carrier's own clock
 * changes anything: repeated, out of order, contradicting and future news are none. Of a parcel's future ones the
 * first is noted in the log; pushed ones count only once the carrier, asked with the recipient's phone, knew the parcel.
 *
 * @param by who said so unasked; default: the carrier was asked
 * @returns whether it was news
 */
export async function learn(line: Line, news: ParcelNews, by?: Role): Promise<boolean> {
  const { state } = line;
  if (!isShipped(state) || isFinal(state.shipment)) return false;
  const { shipment } = state;
  if (news.info !== 'VALID') {
    giveUp(line, shipment, news.info);
    return true;
  }
  // Before that nobody knows whether the parcel goes to the recipient's phone.
  if (by !== undefined && shipment.info !== 'VALID') return false;
  if (isFuture(news)) {
    noteFuture(line, shipment);
    return false;
  }
  if (!isNewer(shipment, news)) return false;
  await believe(line, shipment, news, by);
  return true;
}

/** Nothing that a carrier says of this parcel changes anything any more. */
export function isFinal({ info, state }: Shipment): boolean {
  return info === 'PHONE_MISMATCH' || info === 'CARRIER_UNKNOWN' || state === 'RETURNED';
}

function isFuture({ at }: Located): boolean {
  return !isWritable(at) || at > Date.now() + CARRIER_AHEAD;
}

/** Told once for a parcel. */
function noteFuture(line: Line, { n }: Shipment): void {
  if (line.state.futureNewsOf === n) return;
  line.state.futureNewsOf = n;
  line.change({}, { note: 'The carrier says something of the future, which is ignored.' });
}

/** Of two that the carrier gives the same second, the later stage is the newer. */
function isNewer({ state, stateAt }: Shipment, news: Located): boolean {
  if (state === null || stateAt === null) return true;
  if (news.state === state) return false;
  return news.at > stateAt || (news.at === stateAt && stage(news.state) > stage(state));
}

function stage(state: ParcelState): number {
  return PARCEL_STATES.indexOf(state);
}

async function believe(line: Line, shipment: Shipment, { state, at }: Located, by?: Role): Promise<void> {
  Object.assign(shipment, { info: 'VALID', state, stateAt: at, learnedAt: Date.now() });
  stopClock(line, 'acceptance');
  const note = `The carrier says: ${stateWords(state, at)}.`;
  line.change({}, { ...(by && { by }), note });
  if (state === 'RETURNED') line.mail('no-automatic-acceptance', ['seller', 'buyer'], { acceptance: state });
  if (state === 'SIGNED') await beginAcceptance(line, shipment, at);
}

/** Ten days by the carrier's clock, and never less than a day after the buyer could know of it (domain.md 2.7). */
async function beginAcceptance(line: Line, shipment: Shipment, signedAt: number): Promise<void> {
  const { autoAcceptance, autoAcceptanceAtLeast } = line.windows;
  const from = Math.max(signedAt, Date.now() + autoAcceptanceAtLeast - autoAcceptance);
  await startClock(line, 'acceptance', from);
  if (line.state.shipment !== shipment) return;
  line.mail('parcel-signed', ['buyer'], acceptanceFacts(line.state));
}

function giveUp(line: Line, shipment: Shipment, info: 'PHONE_MISMATCH' | 'CARRIER_UNKNOWN'): void {
  Object.assign(shipment, { info, learnedAt: Date.now() });
  stopClock(line, 'acceptance');
  line.change({}, { note: `Automatic acceptance: ${autoAcceptanceWords({ state: info, at: null })}.` });
  line.mail('no-automatic-acceptance', ['seller', 'buyer'], { acceptance: info });
}
