import type { LineOutlook, Step } from '../seller';

/** What the seller does in a step that carries nothing out or not as usual, for people. */
const WORDS: Record<string, string> = {
  'accept:never': 'accepted (000004), never gets ready',
  'accept-without-id': 'accepted (000004) without an instance id',
  markup: 'fails with 000005 and a text of markup',
  hang: 'hangs, no answer',
  drip: 'hangs, with an answer of endless single bytes',
  reset: 'cuts the connection',
  open: 'answered',
  'open-unanswered': 'carried out, but hangs',
};

/** For people: what a call was or will be answered with. */
export function words(step: Step): string {
  const known = WORDS[step];
  if (known !== undefined) return known;
  const [, queries] = /^accept:(\d+)$/.exec(step) ?? [];
  if (queries !== undefined) return `accepted (000004), ready at query ${queries}`;
  const [, status] = /^http-(\d+)$/.exec(step) ?? [];
  return status === undefined ? `fails with ${step}` : `fails with HTTP ${status}`;
}

/** For people: what the seller has made for a line. */
export function standing(instance: LineOutlook['instance']): string {
  if (!instance) return 'Nothing made';
  const { readyAfter, queries, released } = instance;
  if (released) return 'Released';
  if (readyAfter === null) return 'Accepted, never gets ready';
  return queries >= readyAfter ? 'Opened' : `Accepted, ready at query ${readyAfter}`;
}

/** For people: the call that may come next and what it is answered with. */
export function nextCall({ next: { activity, step }, instance }: LineOutlook): string {
  // Where nothing is amiss, the instance alone decides.
  const { readyAfter = 0, queries = 0 } = instance ?? {};
  const ready = readyAfter !== null && queries + 1 >= readyAfter;
  const waits = activity === 'queryInstance' && /^(open|accept:\w+)$/.test(step);
  return `${activity}: ${waits ? (ready ? 'ready' : 'not ready yet (000004)') : words(step)}`;
}
