import { COMMANDS, type Command } from '../domain/commands';
import { CARRIER, TRACKING_NUMBER } from '../domain/logistics';
import { formatMoney, type Money } from '../domain/money';
import type { Attachment, CommandRequest, OrderLine } from '../domain/order-line';
import type { Party, Role } from '../domain/parties';
import type { CommandData } from '../domain/schemas/commands';
import { formatTime, isWritable } from '../domain/time';
import type { Windows } from '../domain/windows';
import type { Line } from './line';
import { refusal } from './refusal';
import type { LineState } from './state';

/** Commands come from the Temporal UI and CLI too, past the API's schemas. */
export function checkShape(request: Partial<CommandRequest> | undefined): void {
  const { by, data } = request ?? {};
  if (typeof by?.role === 'string' && typeof by.sub === 'string' && typeof data === 'object' && data) return;
  throw refusal('INVALID_REQUEST', { problems: '{by: {role, sub}, data: {…}} is needed' });
}

/** Who may: role and party. The API has checked it before; the workflow does not rely on that. */
export function checkParty(order: OrderLine, command: Command, by: Party): void {
  const roles: readonly Role[] = COMMANDS[command];
  if (!roles.includes(by.role)) {
    throw refusal('FORBIDDEN', { role: by.role, roles: roles.join(', ') });
  }
  checkOwn(order, by);
}

/** Sellers and buyers move only their own lines. */
export function checkOwn(order: OrderLine, { role, sub }: Party): void {
  const own = role === 'seller' ? order.sellerId : role === 'buyer' ? order.buyerId : sub;
  if (sub !== own) throw refusal('NOT_FOUND', { what: 'order line', id: order.orderLineId });
}

/** `restart-call`: the activity that is due here, and not too often. */
export function checkRestart(
  { state, windows, here }: Line,
  request: CommandRequest<CommandData<'restart-call'>>,
  now: number,
): void {
  const due = here.restarts;
  const { activity } = request.data;
  if (due !== undefined && activity !== undefined && activity !== due) {
    throw refusal('WRONG_ACTIVITY', { node: state.node, due, activity });
  }
  checkRestartsLately(state, windows, now);
}

function checkRestartsLately(state: LineState, windows: Windows, now: number): void {
  const recent = state.restarts.filter((at) => at > now - windows.restartPeriod);
  const [oldest] = recent;
  if (oldest !== undefined && recent.length >= windows.restartCalls) {
    const at = formatTime(oldest + windows.restartPeriod);
    throw refusal('TOO_MANY_RESTARTS', { n: windows.restartCalls, at });
  }
}

/** Money that goes back: never more than was paid, and in its currency. `from`: the least, in minor units. */
export function checkRefund(
  order: OrderLine,
  refund: Money | null | undefined,
  field: string,
  from: 0 | 1,
): void {
  if (refund == null || !Number.isSafeInteger(refund.minor) || refund.minor < from) {
    throw refusal('INVALID_REQUEST', { problems: `${field}.minor: a whole number, ${from} or more` });
  }
  if (refund.currency !== order.amount.currency) {
    throw refusal('CURRENCY_MISMATCH', { paid: order.amount.currency, asked: refund.currency });
  }
  if (refund.minor > order.amount.minor) {
    throw refusal('REFUND_TOO_LARGE', { paid: formatMoney(order.amount), asked: formatMoney(refund) });
  }
}

/** What people wrote with a command. */
export function checkText(data: object, field: string, longest = 500): void {
  const text = (data as Record<string, unknown>)[field];
  if (typeof text === 'string' && text.trim() !== '' && text.length <= longest) return;
  throw refusal('INVALID_REQUEST', { problems: `${field}: a text of 1 to ${longest} characters` });
}

/** Documents by reference, as `domain/schemas/primitives.ts` has them; at least one where they are needed. */
export function checkAttachments(data: object, field: string, needed: boolean): void {
  const list = (data as Record<string, unknown>)[field];
  if (list === undefined && !needed) return;
  const least = needed ? 1 : 0;
  if (Array.isArray(list) && list.length >= least && list.length <= 10 && list.every(isDocument)) return;
  const problems = `${field}: ${least} to 10 documents of {name, url (https), sha256}`;
  throw refusal('INVALID_REQUEST', { problems });
}

/** A document by reference, as `attachments` of domain/schemas/primitives.ts has it. */
export function isDocument(one: Partial<Record<keyof Attachment, unknown>> | null): boolean {
  const { name, url, sha256 } = one ?? {};
  return (
    typeof name === 'string' &&
    /^.{1,200}$/.test(name) &&
    typeof url === 'string' &&
    /^https:\/\/.{1,1000}$/.test(url) &&
    typeof sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(sha256)
  );
}

/** A carrier and its number of a parcel. */
export function checkParcel(data: object): void {
  const { carrier, trackingNumber } = data as Record<string, unknown>;
  if (typeof carrier !== 'string' || !CARRIER.test(carrier)) {
    throw refusal('INVALID_REQUEST', { problems: "carrier: Kuaidi100's code of the carrier" });
  }
  if (typeof trackingNumber !== 'string' || !TRACKING_NUMBER.test(trackingNumber)) {
    throw refusal('INVALID_REQUEST', { problems: 'trackingNumber: 6 to 32 letters, digits and hyphens' });
  }
}

/** The name of a recipient in SQL; the id of the update that brought it. */
export function checkAddressId(data: object): void {
  const { addressId } = data as Record<string, unknown>;
  if (typeof addressId === 'string' && /^[\w.:-]{1,128}$/.test(addressId)) return;
  throw refusal('INVALID_REQUEST', {
    problems: 'addressId: 1 to 128 letters, digits, dots, colons, hyphens',
  });
}

/** Whether the buyer has got what was shipped. */
export function checkReceived(state: LineState, received: unknown): void {
  if (typeof received === 'boolean' || (received === undefined && state.shipment === null)) return;
  throw refusal('INVALID_REQUEST', { problems: 'received: true or false, whether the goods have arrived' });
}

/** The actual enabling time: it has been. */
export function checkEnabledAt(enabledAt: unknown, now: number): void {
  if (enabledAt === undefined) return;
  const at = typeof enabledAt === 'string' ? Date.parse(enabledAt) : NaN;
  if (isWritable(at) && at <= now) return;
  throw refusal('INVALID_REQUEST', { problems: 'enabledAt: a moment that is not in the future' });
}
