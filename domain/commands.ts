import type { Role } from './parties';

/**
 * The commands that move an order line, and the roles that may give them (design §5, §6).
 * When each is allowed is the workflow's business: see `workflows/guards.ts`.
 */
export const COMMANDS = {
  'restart-call': ['seller', 'operator'],
  'confirm-release': ['operator'],
  close: ['operator'],
  'retry-refund': ['operator'],
  'record-refund': ['operator'],
} as const satisfies Record<string, readonly Role[]>;

export type Command = keyof typeof COMMANDS;
export const COMMAND_NAMES = Object.keys(COMMANDS) as [Command, ...Command[]];
