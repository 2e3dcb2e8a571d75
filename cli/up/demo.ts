import { setTimeout as sleep } from 'node:timers/promises';
import { StewardApiError, type StewardClient } from '../../client';
import { hasEnded, progressOf, type Progress } from './progress';
import type { Sample } from './samples';

/** The demo speaks to Steward as its parties would, each with a token of its own. */
export type DemoClients = Record<'platform' | 'seller' | 'operator', StewardClient>;

/**
 * How often the demo looks at its orders, in ms. It shares the API's 600 requests a minute with the person who
 * tries the operator's token.
 */
const LOOK_EVERY = 1_000;

/** The platform's part: places the sample orders. Placed again after a restart they change nothing. */
export async function placeSamples(clients: DemoClients, samples: readonly Sample[]): Promise<void> {
  for (const { order } of samples) await clients.platform.placeOrder(order);
}

/**
 * Looks at the sample orders until all have ended, makes the moves of their `hands`, and tells each
 * time how far they are. Ends early when `signal` is aborted.
 */
export async function watchSamples(
  clients: DemoClients,
  samples: readonly Sample[],
  tell: (all: readonly Progress[]) => void,
  signal: AbortSignal,
): Promise<readonly Progress[]> {
  let all: readonly Progress[] = samples.map((sample) => ({ sample, line: null, calls: 0 }));
  while (!signal.aborted) {
    all = await Promise.all(all.map((before) => look(clients, before)));
    tell(all);
    if (all.every(hasEnded)) break;
    await Promise.all(all.map((progress) => lendHands(clients, progress)));
    await sleep(LOOK_EVERY, undefined, { signal }).catch(() => undefined);
  }
  return all;
}

/** A look that fails shows what was seen before: Steward may be starting or ending. */
async function look({ operator }: DemoClients, before: Progress): Promise<Progress> {
  if (hasEnded(before)) return before;
  const { orderId } = before.sample.order;
  try {
    const [line] = (await operator.getOrder(orderId)).lines;
    // A call that was answered has moved its line.
    if (!line || line.revision === before.line?.revision) return before;
    const { items } = await operator.sellerCalls({ orderId });
    return progressOf(before.sample, line, items);
  } catch (error) {
    if (error instanceof StewardApiError) return before;
    throw error;
  }
}

/** One key for each hand: however often it is lent, it moves the line once. */
async function lendHands(clients: DemoClients, { sample, line, calls }: Progress): Promise<void> {
  for (const [n, { when, by, command, data }] of sample.hands.entries()) {
    if (line?.node !== when.node || calls < (when.calls ?? 0)) continue;
    const idempotencyKey = `demo-${sample.order.orderId}-${n}`;
    try {
      await clients[by].command(sample.order.orderId, command, data, { idempotencyKey });
    } catch (error) {
      // Refused while a call runs or when the line has just moved on: the next look decides again.
      if (!(error instanceof StewardApiError)) throw error;
    }
  }
}
