/**
 * What the simulated seller does with one call:
 * - `open`: as the protocol says, at once. `newInstance` makes the instance, ready to use;
 * - `accept:3`, `accept:never`: 000004 with the instance id; ready at the third query, or never;
 * - `accept-without-id`: 000004 without an instance id, nothing is made;
 * - `000005` and other result codes: that failure;
 * - `markup`: 000005 with a text that is Markdown and HTML;
 * - `http-500` and other statuses: that HTTP error;
 * - `hang`: no answer; `drip`: an answer of endless single bytes; `reset`: the connection is cut;
 * - `open-unanswered`: the instance is made, but no answer says so.
 */
export type Step =
  | 'open'
  | `accept:${number}`
  | 'accept:never'
  | 'accept-without-id'
  | `${number}`
  | 'markup'
  | `http-${number}`
  | 'hang'
  | 'drip'
  | 'reset'
  | 'open-unanswered';

/** The steps for the first, second, … call; the last one is repeated. */
export type Script = readonly [Step, ...Step[]];

/** The n-th step of a script, from 0. */
export function stepAt(script: Script, n: number): Step {
  return script[n] ?? (script.at(-1) as Step);
}
