import type { Party } from '../../../domain/parties';

/** What was done in a life, as a person would do it again. */
export type Done =
  | { by: Party; command: string; data: unknown; key: string; came: string }
  /** What nobody commands: time, faults, answers from outside. */
  | { happened: string };

/**
 * The script of a life: the order, then each step as one would type it, with what came of it as a comment.
 *
 * @param order its body, or what the pure machines know of it
 * @param again the command that plays the same life again
 */
export function scriptOf(order: { orderId: string }, done: readonly Done[], again: string): string {
  return [
    `# Again: ${again}`,
    `ORDER=${order.orderId}`,
    `echo '${quoted(order)}' | steward order place -`,
    ...done.map((one) => ('happened' in one ? `# ${one.happened}` : typed(one))),
  ].join('\n');
}

function typed({ by, command, data, key, came }: Extract<Done, { command: string }>): string {
  const carried = JSON.stringify(data) === '{}' ? '' : ` --data '${quoted(data)}'`;
  const token = `STEWARD_TOKEN=$(steward token --role ${by.role} --party ${by.sub})`;
  return `${token} steward order do $ORDER ${command}${carried} --idempotency-key ${key}  # ${came}`;
}

function quoted(data: unknown): string {
  return JSON.stringify(data).replaceAll("'", String.raw`'\''`);
}
