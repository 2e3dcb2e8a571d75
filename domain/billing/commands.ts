import type { Role } from '../parties';

/** The commands that move a bill, and the roles that may give them (domain.md 5.2, 5.3); when: `flows.ts`. */
export const BILL_COMMANDS = {
  'review-pass': ['operator'],
  adjust: ['operator'],
  countersign: ['operator'],
  'sign-for-invoice': ['operator'],
  'validate-invoice': ['operator'],
  'reject-invoice': ['operator'],
  'record-payment': ['operator'],
  'payment-failed': ['operator'],
  'confirm-bill': ['seller'],
  object: ['seller'],
  'submit-invoice': ['seller'],
  'ask-progress': ['seller'],
} as const satisfies Record<string, readonly Role[]>;

export type BillCommand = keyof typeof BILL_COMMANDS;
export const BILL_COMMAND_NAMES = Object.keys(BILL_COMMANDS) as [BillCommand, ...BillCommand[]];
