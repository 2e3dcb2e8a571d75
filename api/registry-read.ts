import { setTimeout as sleep } from 'node:timers/promises';

/** How long a command waits for the registry, and how often it looks, in ms. */
const REGISTRY_WAIT = 2_000;
const LOOK_EVERY = 50;

/**
 * Reads what a workflow wrote, after it answered with a revision: as soon as the registry has that, so that later reads
 * show no less. Nearly always that is at once, as a workflow writes its view with the workflow task that answers. When the
 * registry was away just then, the command's own answer is the newest.
 */
export async function readAfter<View extends { revision: number }, Kept extends { view: View }>(
  answer: { revision: number } & Partial<View>,
  read: () => Promise<Kept>,
): Promise<Kept> {
  for (const deadline = Date.now() + REGISTRY_WAIT; ; await sleep(LOOK_EVERY)) {
    const kept = await read();
    if (kept.view.revision >= answer.revision) return kept;
    if (Date.now() >= deadline) return { ...kept, view: { ...kept.view, ...answer } };
  }
}
