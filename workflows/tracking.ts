import {
  ActivityFailure,
  CancellationScope,
  condition,
  isCancellation,
  proxyActivities,
} from '@temporalio/workflow';
import type { LogisticsActivities } from '../activities/contracts';
import type { ParcelNews, Shipment } from '../domain/logistics';
import { isShipped } from './acceptance';
import type { Line } from './line';
import { isFinal, learn } from './parcel-news';
import { carrier } from './policies';

/**
 * Beside the life of the line: asks the carrier of the parcel for news until nothing can change any more, after
 * "signed" too: it may come back. Never returns.
 */
export async function trackParcels(line: Line): Promise<never> {
  for (;;) {
    await condition(() => parcelOf(line) !== null);
    const shipment = parcelOf(line);
    if (shipment) await track(line, shipment);
  }
}

async function track(line: Line, shipment: Shipment): Promise<void> {
  const gone = () => parcelOf(line) !== shipment;
  for (let idle = 0; !gone();) {
    const news = await ask(line, shipment, gone);
    line.measure();
    if (gone()) return;
    idle = news && (await learn(line, news)) ? 0 : idle + 1;
    // An answer that says nothing new would come again at once.
    if (idle > 0) await line.until(Date.now() + pause(line, idle), gone, 'Wait to ask the carrier again');
  }
}

/** The parcel of which news is of use. */
function parcelOf({ state }: Line): Shipment | null {
  return isShipped(state) && !isFinal(state.shipment) ? state.shipment : null;
}

/** Asks until the carrier has news; null when the parcel is `gone` before, or the question was given up from outside. */
async function ask(line: Line, shipment: Shipment, gone: () => boolean): Promise<ParcelNews | null> {
  const { orderId, orderLineId } = line.order;
  const { trackingNumber, info, state } = shipment;
  const { trackParcel } = proxyActivities<LogisticsActivities>(carrier(line.windows.carrierPoll));
  const asking = new CancellationScope();
  let ended = false;
  const answer = asking
    .run(() =>
      trackParcel.executeWithOptions({ summary: `Ask ${shipment.carrier} about parcel ${trackingNumber}` }, [
        {
          ...{ orderId, orderLineId, carrier: shipment.carrier, trackingNumber },
          ...{ addressId: line.state.addressId, known: info === 'VALID' ? state : null },
        },
      ]),
    )
    .catch(nothing)
    .finally(() => (ended = true));
  await condition(() => ended || gone());
  if (!ended) asking.cancel();
  return answer;
}

function nothing(error: unknown): null {
  if (isCancellation(error) || error instanceof ActivityFailure) return null;
  throw error;
}

/** Doubles up to a week. */
function pause({ windows }: Line, idle: number): number {
  return windows.carrierPoll * Math.min(2 ** (idle - 1), 42);
}
