import type { Role, WaitingFor } from '../parties';
import type { CertificationNode } from './certification';

/** The commands that move a certification, and the roles that may give them (domain.md 6.1). */
export const CERTIFICATION_COMMANDS = {
  'submit-certification': ['seller'],
  'update-certification': ['seller'],
  'update-finance-contact': ['seller'],
  'approve-certification': ['operator'],
  'reject-certification': ['operator'],
  'reopen-certification': ['operator'],
} as const satisfies Record<string, readonly Role[]>;

export type CertificationCommand = keyof typeof CERTIFICATION_COMMANDS;
export const CERTIFICATION_COMMAND_NAMES = Object.keys(CERTIFICATION_COMMANDS) as [
  CertificationCommand,
  ...CertificationCommand[],
];

/** After so many rejections in a row the seller cannot submit by itself any more (domain.md 6.1). */
export const MAX_REJECTIONS = 3;

/** All that decides what is possible. */
export interface CertificationStanding {
  node: CertificationNode;
  /** In a row. */
  rejections: number;
}

type Moves = Partial<Record<CertificationCommand, CertificationNode>>;

/** Where each command leads. While a review is due nothing of what is reviewed changes. */
const MOVES: Record<CertificationNode, Moves> = {
  UNCERTIFIED: { 'submit-certification': 'UNDER_REVIEW' },
  UNDER_REVIEW: { 'approve-certification': 'CERTIFIED', 'reject-certification': 'REJECTED' },
  CERTIFIED: { 'update-certification': 'UNDER_REVIEW', 'update-finance-contact': 'UNDER_REVIEW' },
  REJECTED: {
    'submit-certification': 'UNDER_REVIEW',
    'update-certification': 'UNDER_REVIEW',
    'update-finance-contact': 'UNDER_REVIEW',
  },
};

/** Rejected once too often. */
const LOCKED: Moves = { 'reopen-certification': 'REJECTED' };

/** Whether an operator has to reopen it before the seller can submit again. */
export function isLocked({ node, rejections }: CertificationStanding): boolean {
  return node === 'REJECTED' && rejections >= MAX_REJECTIONS;
}

/** Where a command leads; null when it is not possible now. */
export function next(
  standing: CertificationStanding,
  command: CertificationCommand,
): CertificationStanding | null {
  const node = movesOf(standing)[command];
  if (node === undefined) return null;
  const { rejections } = standing;
  if (command === 'reject-certification') return { node, rejections: rejections + 1 };
  const startsAnew = command === 'approve-certification' || command === 'reopen-certification';
  return { node, rejections: startsAnew ? 0 : rejections };
}

/** The commands that are possible now. */
export function possible(standing: CertificationStanding): CertificationCommand[] {
  return Object.keys(movesOf(standing)) as CertificationCommand[];
}

/** Whose move it is. A certified seller may change what it submitted, but nobody waits for that. */
export function moverOf(standing: CertificationStanding): WaitingFor {
  if (standing.node === 'CERTIFIED') return 'nobody';
  return standing.node === 'UNDER_REVIEW' || isLocked(standing) ? 'operator' : 'seller';
}

function movesOf(standing: CertificationStanding): Moves {
  return isLocked(standing) ? LOCKED : MOVES[standing.node];
}
