import type { Role, WaitingFor } from '../parties';
import type { CertificationKey, CertificationLogEntry, CertificationNode } from './certification';
import type { CertificationCommand } from './machine';
import type { CertificationBusiness, FinanceContact } from './submission';

/** Answer of `GET /v1/sellers/{id}/certification` and of each command; for the seller itself and operators. */
export interface CertificationAnswer extends CertificationKey {
  workflowId: string;
  /** 0 before the first submission; it only grows. */
  revision: number;
  node: CertificationNode;
  nodeName: { en: string; zh: string };
  waitingFor: WaitingFor;
  /** The commands that are possible now, of all roles. */
  allowed: { command: CertificationCommand; roles: readonly Role[] }[];
  /** Until when the review is due, ISO 8601 with offset; null when none is. */
  dueAt: string | null;
  /** `dueAt` rests on a year whose holidays are not announced yet. */
  provisional: boolean;
  /** How many were rejected in a row. */
  rejections: number;
  /** Why the last one was rejected; null when it was not. */
  reason: string | null;
  /** What was submitted last; null before the first submission. */
  business: CertificationBusiness | null;
  financeContact: FinanceContact | null;
  log: (Omit<CertificationLogEntry, 'seq' | 'at'> & { at: string })[];
}
