import {
  ActivityFailure,
  CancellationScope,
  isCancellation,
  proxyActivities,
  sleep,
} from '@temporalio/workflow';
import type { LogisticsActivities } from '../activities/contracts';
import type { ParcelNews, Shipment } from '../domain/logistics';
import { isShipped } from './acceptance';
import { ignoreCancellation } from './cancellation';
import type { Line } from './line';
import { isFinal, learn } from './parcel-news';
import { carrier } from './policies';

/** A parcel whose carrier is asked for news, and what ends that. */
export interface Tracked {
  shipment: Shipment;
  scope: CancellationScope;
}

/** Has the carrier of the line's present parcel asked, and of no other one any more. */
export function followParcel(line: Line): void {
  const shipment = parcelOf(line);
  if (shipment === (line.tracked?.shipment ?? null)) return;
  line.tracked?.scope.cancel();
  line.tracked = null;
  if (!shipment) return;
  const scope = new CancellationScope();
  line.tracked = { shipment, scope };
  void scope.run(() => track(line, shipment)).catch(ignoreCancellation);
}

/** The parcel of which news is of use. */
function parcelOf({ state }: Line): Shipment | null {
  return isShipped(state) && !isFinal(state.shipment) ? state.shipment : null;
}

/**
 * Asks for news until nothing can change any more, after "signed" too: the parcel may come back.
 *
 * It goes on with answers and timers only and waits for no condition, so that the order of what it commands among
 * the commands of others does not depend on who has waited longest (see `workflows/announce.ts`).
 */
async function track(line: Line, shipment: Shipment): Promise<void> {
  for (let idle = 0; parcelOf(line) === shipment;) {
    const news = await ask(line, shipment);
    line.measure();
    if (parcelOf(line) !== shipment) return;
    idle = news && (await learn(line, news)) ? 0 : idle + 1;
    // An answer that says nothing new would come again at once.
    if (idle > 0) await sleep(pause(line, shipment, idle), { summary: 'Wait to ask the carrier again' });
  }
}

/** Asks until the carrier has news; null when the question was given up from outside. */
async function ask({ order, windows, state }: Line, shipment: Shipment): Promise<ParcelNews | null> {
  const { orderId, orderLineId } = order;
  const { trackingNumber, info } = shipment;
  const { trackParcel } = proxyActivities<LogisticsActivities>(carrier(windows.carrierPoll));
  const summary = `Ask ${shipment.carrier} about parcel ${trackingNumber}`;
  const input = {
    ...{ orderId, orderLineId, carrier: shipment.carrier, trackingNumber, addressId: state.addressId },
    known: info === 'VALID' ? shipment.state : null,
  };
  try {
    return await trackParcel.executeWithOptions({ summary }, [input]);
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    return null;
  }
}

/** Doubles up to a week; once signed for to a day, so that a parcel that comes back is seen before the acceptance. */
function pause({ windows }: Line, { state }: Shipment, idle: number): number {
  return windows.carrierPoll * Math.min(2 ** (idle - 1), state === 'SIGNED' ? 6 : 42);
}
