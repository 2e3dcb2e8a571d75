import { setTimeout as sleep } from 'node:timers/promises';
import { StewardApiError } from '../../client';
import type { DemoClients } from './clients';
import { lendHand } from './lend';
import { isOpenedByCalls, isOver, seen, unseen, type Progress } from './progress';
import type { Sample } from './samples';

/** How often the demo looks at its orders, in ms. */
const LOOK_EVERY = 1_000;

type IsTold = (orderId: string) => boolean;

/**
 * Places the sample orders and looks at them until all are over, makes the moves of their `hands`, and tells each
 * time how far they are. Ends early when `signal` is aborted.
 *
 * @param isTold whether somebody has told the simulated seller what to do with an order
 */
export async function runSamples(
  clients: DemoClients,
  samples: readonly Sample[],
  tell: (all: readonly Progress[]) => void,
  isTold: IsTold,
  signal: AbortSignal,
): Promise<readonly Progress[]> {
  const [all] = await Promise.all([
    watch(clients, samples, tell, isTold, signal),
    placeSamples(clients, samples, signal),
  ]);
  return all;
}

/** The platform's part. Placed again after a restart the orders change nothing. */
async function placeSamples(
  { platform }: DemoClients,
  samples: readonly Sample[],
  signal: AbortSignal,
): Promise<void> {
  for (const { order } of samples) if (!signal.aborted) await platform.placeOrder(order);
}

async function watch(
  clients: DemoClients,
  samples: readonly Sample[],
  tell: (all: readonly Progress[]) => void,
  isTold: IsTold,
  signal: AbortSignal,
): Promise<readonly Progress[]> {
  let all: readonly Progress[] = samples.map(unseen);
  while (!signal.aborted) {
    const revisions = await revisionsOf(clients, all);
    all = await Promise.all(all.map((before) => look(clients, before, revisions, isTold)));
    tell(all);
    if (all.every(isOver)) break;
    all = await Promise.all(all.map((progress) => lendHand(clients, progress)));
    await sleep(LOOK_EVERY, undefined, { signal }).catch(() => undefined);
  }
  return all;
}

/**
 * The revisions of the lines that are not over, by order, from one list for all: the demo shares the API's 600
 * requests a minute with the person who tries the operator's token. As far as it was read when Steward is
 * starting or ending.
 */
async function revisionsOf(
  { operator }: DemoClients,
  all: readonly Progress[],
): Promise<ReadonlyMap<string, number>> {
  const asked = new Set(all.filter((one) => !isOver(one)).map(({ sample }) => sample.order.orderId));
  const found = new Map<string, number>();
  try {
    for await (const { orderId, revision } of operator.eachOrder()) {
      if (asked.delete(orderId)) found.set(orderId, revision);
      if (asked.size === 0) break;
    }
  } catch (error) {
    if (!(error instanceof StewardApiError)) throw error;
  }
  return found;
}

/** A look that fails shows what was seen before: Steward may be starting or ending. */
async function look(
  { operator }: DemoClients,
  before: Progress,
  revisions: ReadonlyMap<string, number>,
  isTold: IsTold,
): Promise<Progress> {
  const { orderId } = before.sample.order;
  const revision = revisions.get(orderId);
  // A call that was answered has moved its line.
  if (revision === undefined || revision <= (before.line?.revision ?? -1)) return before;
  try {
    const [line] = (await operator.getOrder(orderId)).lines;
    if (!line) return before;
    const calls = isOpenedByCalls(before.sample) ? (await operator.sellerCalls({ orderId })).items : [];
    return seen(before, line, calls, isTold(orderId));
  } catch (error) {
    if (error instanceof StewardApiError) return before;
    throw error;
  }
}
