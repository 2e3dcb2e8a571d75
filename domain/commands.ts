import type { Role } from './parties';

/**
 * The commands that move an order line, and the roles that may give them (design §5, §6; domain.md 2, 3.1).
 * When each is allowed is the workflow's business: see `workflows/guards.ts`.
 */
export const COMMANDS = {
  'restart-call': ['seller', 'operator'],
  'confirm-release': ['operator'],
  close: ['operator'],
  'retry-refund': ['operator'],
  'record-refund': ['operator'],
  // The moves of supervised deliveries; where each leads is in `workflows/flows/`.
  'submit-requirement': ['buyer'],
  'confirm-requirement': ['seller'],
  'reject-requirement': ['seller'],
  'submit-device-id': ['buyer'],
  deliver: ['seller'],
  ship: ['seller'],
  'correct-logistics': ['seller'],
  'change-address': ['buyer'],
  'remind-buyer': ['seller'],
  'claim-license': ['buyer'],
  'submit-proof': ['seller'],
  'review-pass': ['operator'],
  'review-reject': ['operator'],
  accept: ['buyer'],
  reject: ['buyer'],
  'request-unsubscription': ['buyer'],
  'confirm-unsubscription': ['operator'],
  'refuse-unsubscription': ['operator'],
  'approve-unsubscription': ['seller'],
  'reject-unsubscription': ['seller'],
  'withdraw-unsubscription': ['buyer'],
  // Without reason, for five days after the completion (domain.md 3.1).
  unsubscribe: ['buyer'],
  'open-appeal': ['buyer', 'seller'],
  'resolve-appeal': ['operator'],
} as const satisfies Record<string, readonly Role[]>;

export type Command = keyof typeof COMMANDS;
export const COMMAND_NAMES = Object.keys(COMMANDS) as [Command, ...Command[]];

/** The commands that do nothing but move a supervised line from node to node. */
export type MoveCommand =
  | 'submit-requirement'
  | 'confirm-requirement'
  | 'reject-requirement'
  | 'submit-device-id'
  | 'deliver'
  | 'ship'
  | 'claim-license'
  | 'submit-proof'
  | 'review-pass'
  | 'review-reject'
  | 'accept'
  | 'reject';
