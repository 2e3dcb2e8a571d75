import {
  UNCERTIFIED,
  type CertificationUpdateAnswer,
  type CertificationView,
} from '../../domain/certification/certification';
import type { CertificationMail } from '../../domain/certification/mail';

/** All that a certification remembers, as plain JSON: it is carried whole into the next run. */
export interface CertificationState extends Omit<CertificationView, 'waitingFor' | 'dueAt' | 'provisional'> {
  /** Null while none is due. */
  review: Review | null;
  /** Length of the whole log, of which `log` keeps the end. */
  logged: number;
  /** The revision and log length that the registry has. */
  published: { revision: number; logged: number };
  /** Mails that are not out yet, and since when they are due. */
  mails: { request: CertificationMail; since: number }[];
  /** The latest commands by update id, so that a repetition gets its first answer in a later run too. */
  answers: { id: string; answer: CertificationUpdateAnswer }[];
}

/** The operators' time to review what was submitted; moments in epoch milliseconds. */
export interface Review {
  /** Since when the term counts, or, once operators were reminded, the wait for the next time. */
  from: number;
  reminded: boolean;
  /** The end of the term; null until the calendar has answered. */
  dueAt: number | null;
  /** When operators are reminded next; null until the calendar has answered. */
  remindAt: number | null;
  /** It rests on a year that the calendar does not know, and is looked up again a day after `askedAt`. */
  provisional: boolean;
  askedAt: number;
}

/** The state of a new certification, or of one whose run somebody ended from outside, as far as the registry has it. */
export function newState(now: number, kept: CertificationView = UNCERTIFIED): CertificationState {
  const { revision, node, rejections, reason, submissionId, contactId, log } = kept;
  const logged = log.at(-1)?.seq ?? 0;
  return {
    ...{ revision, node, rejections, reason, submissionId, contactId, log: [...log], logged },
    // Operators had what was left of the term; they get a new one.
    review: node === 'UNDER_REVIEW' ? newReview(now) : null,
    published: { revision, logged },
    mails: [],
    answers: [],
  };
}

export function newReview(from: number): Review {
  return { from, reminded: false, dueAt: null, remindAt: null, provisional: false, askedAt: from };
}
