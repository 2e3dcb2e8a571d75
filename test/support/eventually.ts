import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds between two looks. */
const LOOK_EVERY = 50;

/**
 * Looks again and again until what it sees holds, for what tells nobody when it happens: a list that lags
 * behind, a line that another process moves.
 *
 * @param ms how long at most; default 30 s
 * @returns what it saw
 * @throws with what it saw last
 */
export async function eventually<Seen>(
  look: () => Promise<Seen>,
  holds: (seen: Seen) => boolean,
  ms = 30_000,
): Promise<Seen> {
  const deadline = Date.now() + ms;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > deadline) throw new Error(`Not so in ${ms} ms: ${JSON.stringify(seen)}`);
    await sleep(LOOK_EVERY);
  }
}
