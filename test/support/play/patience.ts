import { setTimeout as sleep } from 'node:timers/promises';
import { StewardApiError } from '../../../client';

/** Between two tries, and how many: Steward takes half a minute to come back on a busy machine. */
const PAUSE_MS = 500;
const TRIES = 240;

/** Asks as a patient client does: a Steward that is killed does not answer, and comes back. */
export async function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!isPassing(error) || tries === TRIES) throw error;
    }
    await sleep(PAUSE_MS);
  }
}

/** `fetch` fails with a TypeError (of Node's, which is not Jest's) when nobody is there, or the connection breaks. */
function isPassing(error: unknown): boolean {
  if (error instanceof StewardApiError)
    return ['UNREACHABLE', 'TRY_AGAIN', 'RATE_LIMITED'].includes(error.code);
  return /^TypeError: (fetch failed|terminated)/.test(String(error));
}
