import type { Party, Role, WaitingFor } from '../parties';
import type { Site } from '../schemas/order';
import type { Windows } from '../windows';
import type { CertificationCommand } from './machine';

/** Where a seller's business certification (商业信息认证, domain.md 6.1) stands. */
export const CERTIFICATION_NODES = {
  UNCERTIFIED: { en: 'Not certified', zh: '未认证' },
  UNDER_REVIEW: { en: 'Under review', zh: '认证中' },
  CERTIFIED: { en: 'Certified', zh: '已认证' },
  REJECTED: { en: 'Rejected', zh: '已驳回' },
} as const satisfies Record<string, { en: string; zh: string }>;
export type CertificationNode = keyof typeof CERTIFICATION_NODES;

/** A seller is certified for each site, with whose company it contracts, by itself. */
export interface CertificationKey {
  sellerId: string;
  site: Site;
}

/** One thing that happened to a certification. */
export interface CertificationLogEntry {
  /** From 1, without gaps. */
  seq: number;
  /** Epoch milliseconds inside, ISO 8601 at the API. */
  at: number;
  by: Role | 'steward';
  command: CertificationCommand | null;
  from: CertificationNode;
  to: CertificationNode;
  note: string;
}

/** A certification from outside, as its workflow knows it; newer revisions replace older ones. */
export interface CertificationView {
  /** 0 before the first submission. */
  revision: number;
  node: CertificationNode;
  waitingFor: WaitingFor;
  /** How many were rejected in a row, up to `MAX_REJECTIONS`. */
  rejections: number;
  /** Why the last one was rejected; null when it was not. */
  reason: string | null;
  /** Names what the seller submitted, which is encrypted in SQL; null before the first submission. */
  submissionId: string | null;
  /** Names whom to ask about money: of the submission, or newer. */
  contactId: string | null;
  /** Until when the review is due (epoch milliseconds); null when none is. */
  dueAt: number | null;
  /** `dueAt` rests on a year whose holidays are not announced yet. */
  provisional: boolean;
  /** The newest entries, at most `LOG_KEPT`; the whole log is in SQL. */
  log: CertificationLogEntry[];
}

/** A certification of which nobody has asked anything. */
export const UNCERTIFIED: CertificationView = {
  revision: 0,
  node: 'UNCERTIFIED',
  waitingFor: 'seller',
  rejections: 0,
  reason: null,
  submissionId: null,
  contactId: null,
  dueAt: null,
  provisional: false,
  log: [],
};

/** The input of workflow `certification`, apart from what a continued run carries over. */
export interface CertificationStart extends CertificationKey {
  /** The rules of the day on which it began. */
  windows: Pick<Windows, 'certificationReview'>;
  /** What the registry has of a run that somebody ended from outside: this one takes it up. */
  kept?: CertificationView;
}

/** What of a command reaches the workflow: what it is about stays in SQL, and is only named there. */
export interface CertificationRequest {
  by: Party;
  data: {
    /** With `submit-certification` and `update-certification`. */
    submissionId?: string;
    /** With `update-finance-contact`. */
    contactId?: string;
    /** With `reject-certification`. */
    reason?: string;
  };
}

/** The short answer of every update; the API adds the view. */
export type CertificationUpdateAnswer = Pick<CertificationView, 'revision' | 'node' | 'waitingFor'>;
