/**
 * What the simulated platform does with one request:
 * - `take`: 200 and kept; 409 for an id that it took before;
 * - `http-422`, `http-500` and other statuses: that answer, nothing is kept;
 * - `hang`: no answer; `drip`: a 503 of endless single bytes; `reset`: the connection is cut;
 * - `redirect`: 307 to `/events`;
 * - `take-hang`, `take-reset`, `take-http-500`: taken, but no answer says so. The second time it is 409.
 */
export type Step = 'take' | 'redirect' | Fault | `take-${Fault}`;
type Fault = `http-${number}` | 'hang' | 'drip' | 'reset';

/** The steps for the first, second, … request; the last one is repeated. */
export type Script = readonly [Step, ...Step[]];
