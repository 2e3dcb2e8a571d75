import { z } from 'zod';
import type { LogEntryAnswer } from '../../domain/answers';
import { COMMAND_NAMES, COMMANDS } from '../../domain/commands';
import { isErrorCode, type ErrorCode } from '../../domain/errors';
import { NODE_NAMES } from '../../domain/nodes';
import type { Role } from '../../domain/parties';
import { commandBodies } from '../../domain/schemas/commands';

const when = z.strictObject({
  node: z.enum(NODE_NAMES),
  /** And after so many calls of `newInstance` were answered. */
  calls: z.int().min(1).optional(),
});

/** A command that somebody gives, with what its schema asks for. */
const commandHand = z
  .strictObject({
    when,
    by: z.enum(['seller', 'buyer', 'operator']),
    command: z.enum(COMMAND_NAMES),
    data: z.record(z.string(), z.unknown()),
    /** The refusal is the point: it has to be refused with this code. */
    refused: z.custom<ErrorCode>(isErrorCode, 'a code of domain/errors.ts').optional(),
  })
  .superRefine(({ by, command, data }, context) => {
    const roles: readonly Role[] = COMMANDS[command];
    if (!roles.includes(by)) {
      context.addIssue({ code: 'custom', path: ['by'], message: `${command} takes ${roles.join(' or ')}` });
    }
    for (const { path, message } of commandBodies[command].safeParse(data).error?.issues ?? []) {
      context.addIssue({ code: 'custom', path: ['data', ...path], message });
    }
  });

/** The seller's software activates the licence code that the buyer has claimed and read in its order. */
const activationHand = z.strictObject({ when, by: z.literal('seller'), does: z.literal('activate-license') });

/** The platform tells that the buyer of an order on credit has repaid it. */
const repaymentHand = z.strictObject({
  when,
  by: z.literal('platform'),
  does: z.literal('record-repayment'),
});

/**
 * A move that the demo makes itself, once the line is there: what a person, or a seller's software, would do.
 * The hands of a sample are lent one after the other.
 */
export const hand = z.union([commandHand, activationHand, repaymentHand]);
export type Hand = z.infer<typeof hand>;

/**
 * How many hands have been lent, as the line's own log tells, so that a demo that was killed goes on. One that is
 * refused, or moves no line, leaves no entry; it was before what followed it.
 */
export function countLent(hands: readonly Hand[], log: readonly LogEntryAnswer[]): number {
  return log.reduce((lent, entry) => {
    const next = hands.findIndex((one, n) => n >= lent && leavesEntry(one));
    const found = hands[next];
    return found && isOf(entry, found) ? next + 1 : lent;
  }, 0);
}

/** Whether somebody has given the line a command that none of the hands is: the person who tries the demo. */
export function hasOthers(hands: readonly Hand[], log: readonly LogEntryAnswer[]): boolean {
  const own = hands.filter((one) => 'command' in one && leavesEntry(one));
  const commands = log.filter(({ command }) => command !== null);
  return commands.length > own.length || commands.some((entry) => !own.some((one) => isOf(entry, one)));
}

function leavesEntry(one: Hand): boolean {
  return 'command' in one ? one.refused === undefined : one.does !== 'record-repayment';
}

/** Of all that a seller does, only the activation is no command. */
function isOf({ by, command }: LogEntryAnswer, one: Hand): boolean {
  return by === one.by && command === ('command' in one ? one.command : null);
}
