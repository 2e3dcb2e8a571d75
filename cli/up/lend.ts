import { StewardApiError } from '../../client';
import type { DemoClients } from './clients';
import type { Hand } from './hand';
import type { Progress } from './progress';

/** Refused while a call runs or when the line has just moved on: the next look decides again. */
const MOVED_ON: readonly string[] = ['CALL_IN_PROGRESS', 'NOT_ALLOWED_NOW', 'ORDER_ENDED'];

/**
 * Lends the next hand of a sample if its moment has come. Each has a key of its own: however often it is lent, it
 * moves the line once.
 *
 * @returns the progress after it, with a fault when the hand came out otherwise than it has to
 */
export async function lendHand(clients: DemoClients, progress: Progress): Promise<Progress> {
  const { sample, line, calls, lent } = progress;
  const hand = sample.hands[lent];
  if (hand === undefined || line?.node !== hand.when.node || calls < (hand.when.calls ?? 0)) return progress;

  const [what, refused] = 'command' in hand ? [hand.command, hand.refused] : [hand.does];
  const done = { ...progress, lent: lent + 1 };
  try {
    if (!(await make(clients, progress, hand))) return progress;
    return refused === undefined ? done : { ...progress, fault: `${what} was not refused with ${refused}` };
  } catch (error) {
    if (!(error instanceof StewardApiError)) throw error;
    if (error.code === refused) return done;
    if (isPassing(error) || (refused === undefined && MOVED_ON.includes(error.code))) return progress;
    return { ...progress, fault: `${what} was refused with ${error.code}` };
  }
}

/** Steward may be starting or ending, or have been asked too often. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof StewardApiError)) return false;
  const { status } = error;
  return status === 0 || status === 429 || status >= 500;
}

/**
 * A licence code goes from the buyer's copy of the order to the seller's software, as a person would type it in. A
 * repayment is told for the moment of the last move, so that it is the same however often it is told.
 *
 * @returns whether it could be made
 */
async function make(clients: DemoClients, { sample, line, lent }: Progress, hand: Hand): Promise<boolean> {
  const { orderId } = sample.order;
  const key = { idempotencyKey: `demo-${orderId}-${lent}` };
  if ('command' in hand) {
    await clients[hand.by].command(orderId, hand.command, hand.data, key);
    return true;
  }
  if (hand.does === 'record-repayment') {
    const at = line?.log.at(-1)?.at;
    if (at !== undefined) await clients.platform.recordRepayment(orderId, { at }, key);
    return at !== undefined;
  }
  const [copy] = (await clients.buyer.getOrder(orderId)).lines;
  if (copy?.licenseCode === undefined) return false;
  await clients.seller.activateLicense(copy.licenseCode, key);
  return true;
}
