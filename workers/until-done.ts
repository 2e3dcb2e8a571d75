import { setTimeout as sleep } from 'node:timers/promises';

/** How long work is tried again, and how soon after it failed, in ms. */
export interface Trying {
  forMs: number;
  everyMs: number;
  /** Whether an error is one that passes; default: each. */
  isPassing?: (error: unknown) => boolean;
}

/** Does work again until it succeeds. Rejects with its last error, or with the first that does not pass. */
export async function untilDone<T>(
  work: () => Promise<T>,
  { forMs, everyMs, isPassing = () => true }: Trying,
): Promise<T> {
  for (const deadline = Date.now() + forMs; ; await sleep(everyMs)) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > deadline || !isPassing(error)) throw error;
    }
  }
}
