import { StewardApiError } from '../../client';
import type { DemoClients } from './clients';
import type { CommandHand } from './hand';
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
  const { orderId } = sample.order;
  const key = { idempotencyKey: `demo-${orderId}-${lent}` };
  try {
    if ('command' in hand) await give(clients, orderId, hand, key);
    else await activate(clients, orderId, key);
    return { ...progress, lent: lent + 1 };
  } catch (error) {
    if (error instanceof WrongOutcome) return { ...progress, fault: error.message };
    if (error instanceof StewardApiError || error instanceof NotYet) return progress;
    throw error;
  }
}

/** A hand came out otherwise than it has to; its message tells how. */
class WrongOutcome extends Error {}

/** What the hand needs is not there yet. */
class NotYet extends Error {}

async function give(
  clients: DemoClients,
  orderId: string,
  { by, command, data, refused }: CommandHand,
  key: { idempotencyKey: string },
): Promise<void> {
  try {
    await clients[by].command(orderId, command, data, key);
  } catch (error) {
    if (!(error instanceof StewardApiError) || isPassing(error)) throw error;
    if (error.code === refused) return;
    if (refused === undefined && MOVED_ON.includes(error.code)) throw error;
    throw new WrongOutcome(`${command} was refused with ${error.code}`);
  }
  if (refused !== undefined) throw new WrongOutcome(`${command} was not refused with ${refused}`);
}

/** Steward may be starting or ending, or have been asked too often. */
function isPassing({ status }: StewardApiError): boolean {
  return status === 0 || status === 429 || status >= 500;
}

/** The code goes from the buyer's copy of the order to the seller's software, as a person would type it in. */
async function activate(
  { buyer, seller }: DemoClients,
  orderId: string,
  key: { idempotencyKey: string },
): Promise<void> {
  const [line] = (await buyer.getOrder(orderId)).lines;
  if (line?.licenseCode === undefined) throw new NotYet();
  await seller.activateLicense(line.licenseCode, key);
}
