import { workflowInfo } from '@temporalio/workflow';
import type {
  CertificationKey,
  CertificationStart,
  CertificationUpdateAnswer,
  CertificationView,
} from '../../domain/certification/certification';
import { isLocked, moverOf, type CertificationCommand } from '../../domain/certification/machine';
import type { CertificationMail, CertificationMailKind } from '../../domain/certification/mail';
import { certificationMailId } from '../../domain/ids';
import { LOG_KEPT } from '../../domain/order-line';
import type { Role } from '../../domain/parties';
import type { CertificationState } from './state';

type Change = Partial<
  Pick<CertificationState, 'node' | 'rejections' | 'reason' | 'submissionId' | 'contactId' | 'review'>
>;

/** Who did it, and what people read about it. */
interface Story {
  /** Default: Steward itself. */
  by?: Role;
  command?: CertificationCommand;
  note: string;
}

/** A seller's certification for a site inside its workflow: its state and the few ways in which it changes. */
export class Case {
  readonly key: CertificationKey;
  /** The history has grown so long that it is to continue as new. */
  isLong = false;
  /** The revision that all was told of that is to be told. */
  seen = -1;
  /** The search attributes that the Temporal UI has, as JSON. */
  attributes = '';
  /** Failures in a row to write to the registry, and until when it is left alone. */
  failures = 0;
  publishAt = 0;
  /** The ids of the mails that this run has put on their way. */
  readonly sending: string[] = [];

  constructor(
    { sellerId, site }: CertificationKey,
    readonly windows: CertificationStart['windows'],
    readonly state: CertificationState,
  ) {
    this.key = { sellerId, site };
  }

  /** Looks at the history's length: only after an activity, a timer or a command, see `Line.measure`. */
  measure(): void {
    this.isLong = workflowInfo().continueAsNewSuggested;
  }

  /** Moves it, writes its log, and makes a new revision. */
  change(change: Change, { by, command, note }: Story): void {
    const { state } = this;
    const from = state.node;
    Object.assign(state, change);
    state.logged += 1;
    state.log.push({
      ...{ seq: state.logged, at: Date.now(), by: by ?? 'steward', command: command ?? null },
      ...{ from, to: state.node, note },
    });
    this.trimLog();
    this.renew();
  }

  /** Makes a new revision of what follows from the state. */
  renew(): void {
    this.state.revision += 1;
  }

  /** The log never loses what the registry has not got yet. */
  trimLog(): void {
    const { log, logged, published } = this.state;
    const keep = Math.max(LOG_KEPT, logged - published.logged);
    if (log.length > keep) log.splice(0, log.length - keep);
  }

  /** Puts a mail on its way about what the log says last; `mails.ts` sends it. */
  mail(kind: CertificationMailKind, to: CertificationMail['to'], quote: string | null = null): void {
    const { state, key } = this;
    const request: CertificationMail = {
      ...{ id: certificationMailId(key, state.logged), kind, to, ...key },
      ...{ node: state.node, dueAt: state.review?.dueAt ?? null, locked: isLocked(state), quote },
    };
    state.mails.push({ request, since: Date.now() });
  }

  answer(): CertificationUpdateAnswer {
    const { revision, node } = this.state;
    return { revision, node, waitingFor: moverOf(this.state) };
  }

  view(): CertificationView {
    const { rejections, reason, submissionId, contactId, review, log } = this.state;
    return {
      ...this.answer(),
      ...{ rejections, reason, submissionId, contactId },
      dueAt: review?.dueAt ?? null,
      provisional: review?.provisional ?? false,
      log,
    };
  }
}
