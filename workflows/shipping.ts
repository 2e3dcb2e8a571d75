import type { Shipment } from '../domain/logistics';
import type { CommandRequest } from '../domain/order-line';
import type { CommandData } from '../domain/schemas/commands';
import { formatTime } from '../domain/time';
import { acceptanceFacts } from './acceptance';
import { checkAddressId, checkParcel } from './checks';
import { stopClock } from './clocks';
import type { Line } from './line';
import { refusal } from './refusal';

type Parcel = Pick<Shipment, 'carrier' | 'trackingNumber'>;

/** A parcel is on its way, of which nothing is known yet: whatever was learned of another one counts no more. */
export function newShipment(line: Line, parcel: Parcel, shippedAt = Date.now()): void {
  const { state } = line;
  stopClock(line, 'acceptance');
  state.shipments += 1;
  state.shipment = {
    n: state.shipments,
    carrier: parcel.carrier,
    trackingNumber: parcel.trackingNumber,
    ...{ shippedAt, info: 'PENDING', state: null, stateAt: null, learnedAt: null },
  };
}

/** The delivery was rejected: nothing is on its way until the seller ships again. The log tells what was. */
export function takeShipmentBack(line: Line): void {
  stopClock(line, 'acceptance');
  line.state.shipment = null;
}

/** The seller gave a wrong carrier or number: everything counts anew from here (domain.md 2.7). */
export const correctLogistics = {
  check: (_line: Line, { data }: CommandRequest<CommandData<'correct-logistics'>>) => checkParcel(data),
  record(line: Line, { by, data }: CommandRequest<CommandData<'correct-logistics'>>): void {
    const { carrier, trackingNumber } = data;
    newShipment(line, data, line.state.shipment?.shippedAt);
    const note = `Corrected: shipped with ${carrier}, number ${trackingNumber}.`;
    line.change({}, { by: by.role, command: 'correct-logistics', note });
  },
};

/** The goods are to go elsewhere, as long as they are not shipped; where to, only SQL and the seller know. */
export const changeAddress = {
  check: (_line: Line, { data }: CommandRequest<CommandData<'change-address'>>) => checkAddressId(data),
  record(line: Line, { by, data }: CommandRequest<CommandData<'change-address'>>): void {
    const { state } = line;
    state.addressId = data.addressId;
    state.addressChanges += 1;
    const note = `The buyer changed the address, change ${state.addressChanges}: compare it before shipping.`;
    line.change({}, { by: by.role, command: 'change-address', note });
    line.mail('address-changed', ['seller']);
  },
};

/** The seller has the buyer reminded of the acceptance, now and then (domain.md 2.7). */
export const remindBuyer = {
  check({ state, windows }: Line): void {
    const next = (state.remindedAt ?? -Infinity) + windows.remindBuyer;
    if (Date.now() < next) throw refusal('REMINDED_LATELY', { at: formatTime(next) });
  },
  record(line: Line, { by }: CommandRequest<CommandData<'remind-buyer'>>): void {
    const { state } = line;
    state.remindedAt = Date.now();
    const note = 'The buyer was reminded to accept or reject the delivery.';
    line.change({}, { by: by.role, command: 'remind-buyer', note });
    line.mail('acceptance-reminder', ['buyer'], acceptanceFacts(state));
  },
};
