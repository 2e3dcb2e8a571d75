import { setHandler } from '@temporalio/workflow';
import { PARCEL_STATES } from '../domain/logistics';
import { checkParcel, checkShape } from './checks';
import type { Line } from './line';
import { logisticsEventUpdate, type LogisticsEvent } from './messages';
import { learn } from './parcel-news';
import { refusal } from './refusal';

/**
 * What a carrier pushes about the line's parcel (design §5). Of another parcel than the present one it changes
 * nothing; the same as what is known already neither.
 */
export function handleLogisticsEvents(line: Line): void {
  setHandler(
    logisticsEventUpdate,
    async ({ by, carrier, trackingNumber, state, at }) => {
      const { shipment } = line.state;
      if (shipment?.carrier === carrier && shipment.trackingNumber === trackingNumber) {
        await learn(line, { info: 'VALID', state, at }, by.role);
      }
      line.measure();
      return line.answer();
    },
    { validator: (event: LogisticsEvent) => check(line, event) },
  );
}

function check({ state, order }: Line, event: LogisticsEvent): void {
  checkShape({ ...event, data: {} });
  if (event.by.role !== 'carrier') throw refusal('FORBIDDEN', { role: event.by.role, roles: 'carrier' });
  checkParcel(event);
  if (!PARCEL_STATES.includes(event.state) || !Number.isSafeInteger(event.at)) {
    throw refusal('INVALID_REQUEST', { problems: `state: ${PARCEL_STATES.join(', ')}; at: milliseconds` });
  }
  if (state.node === 'ENDED') throw refusal('ORDER_ENDED', { orderLineId: order.orderLineId });
}
