/**
 * What the mailbox does with one mail:
 * - `take`: 250 and kept;
 * - `rcpt-550`, `data-451` and other codes: that answer to the recipient or to the content, nothing is kept;
 * - `hang`: no answer to the recipient; `reset`: the connection is cut there;
 * - `take-hang`, `take-reset`: kept, but no 250 says so.
 */
export type Step = 'take' | `rcpt-${number}` | `data-${number}` | Silence | `take-${Silence}`;
type Silence = 'hang' | 'reset';

/** The steps for the first, second, … mail; the last one is repeated. */
export type Script = readonly [Step, ...Step[]];

/** The code with which a step answers at a stage; undefined when it does something else there. */
export function codeAt(stage: 'rcpt' | 'data', step: Step): number | undefined {
  const [, code] = new RegExp(`^${stage}-(\\d{3})$`).exec(step) ?? [];
  return code === undefined ? undefined : Number(code);
}
