import { setTimeout as sleep } from 'node:timers/promises';

/** How long a command waits for the registry, and how often it looks, in ms. */
const REGISTRY_WAIT = 2_000;
const LOOK_EVERY = 50;

/**
 * Reads what a workflow wrote, after it answered with a revision: as soon as the registry has that, so that later reads
 * show no less. Nearly always that is at once, as a workflow writes its view with the workflow task that answers. When the
 * registry was away just then, the command's own answer is the newest.
 */
export async function readAfter<View extends { revision: number }, Answer extends { revision: number }>(
  answer: Answer,
  read: () => Promise<View>,
): Promise<View | (View & Answer)> {
  for (const deadline = Date.now() + REGISTRY_WAIT; ; await sleep(LOOK_EVERY)) {
    const view = await read();
    if (view.revision >= answer.revision) return view;
    if (Date.now() >= deadline) return { ...view, ...answer };
  }
}
