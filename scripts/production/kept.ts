import { setTimeout as sleep } from 'node:timers/promises';

/** Before the first try to start it again, in ms, doubled after each that failed or did not last. */
const FIRST_WAIT = 250;
const LONGEST_WAIT = 5_000;
/** What ran so long had lasted. */
const LASTED = 30_000;

/** A process of the shape. */
export interface Part {
  readonly exited: Promise<number>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a process, and again whenever it ends by itself, as a supervisor of services or Kubernetes would.
 *
 * @param tell hears of each end and each failed start
 * @returns what stops it for good. Rejects when the first start fails
 */
export async function keepRunning(
  name: string,
  start: () => Promise<Part>,
  tell: (sentence: string) => void,
): Promise<() => Promise<void>> {
  const over = new AbortController();
  const isOver = () => over.signal.aborted;
  let part = await start();

  async function keep(): Promise<void> {
    let wait = FIRST_WAIT;
    for (let began = Date.now(); ; began = Date.now()) {
      const code = await part.exited;
      if (isOver()) return;
      tell(`${name} ended with code ${code}; it is started again`);
      if (Date.now() - began > LASTED) wait = FIRST_WAIT;
      while (!(await again(wait)) && !isOver()) wait = Math.min(2 * wait, LONGEST_WAIT);
      if (isOver()) return await part.stop();
      tell(`${name} runs again`);
    }
  }

  async function again(wait: number): Promise<boolean> {
    await sleep(wait, undefined, { signal: over.signal }).catch(() => undefined);
    if (isOver()) return false;
    try {
      part = await start();
      return true;
    } catch (error) {
      tell(`${name} did not start: ${(error as Error).message.split('\n', 1)[0] ?? ''}`);
      return false;
    }
  }

  const kept = keep();
  return async () => {
    over.abort();
    await part.stop();
    await kept;
  };
}
