import { condition, patched, workflowInfo } from '@temporalio/workflow';
import type { Command } from '../domain/commands';
import type { PlatformEventType } from '../domain/events';
import { eventId, mailId } from '../domain/ids';
import type { MailKind, MailRecipient, MailRequest } from '../domain/mail';
import {
  LOG_KEPT,
  type Attachment,
  type LineView,
  type OrderLine,
  type UpdateAnswer,
} from '../domain/order-line';
import type { Role, WaitingFor } from '../domain/parties';
import { iso } from '../domain/time';
import type { Windows } from '../domain/windows';
import { autoAcceptance } from './acceptance';
import { flowOf, nodeOf, type Flow, type FlowNode } from './flows';
import { allowed } from './guards';
import { isRunning } from './standstill';
import type { LineState } from './state';
import type { Tracked } from './tracking';

type Change = Partial<
  Pick<LineState, 'status' | 'node' | 'dueAt' | 'instanceId' | 'completion' | 'fiveDaysUntil'>
>;

/** Who did it, and what people read about it. */
export interface Story {
  /** Default: Steward itself. */
  by?: Role;
  command?: Command;
  note: string;
  attachments?: Attachment[];
}

/** An order line inside its workflow: its state and the few ways in which it changes. */
export class Line {
  readonly flow: Flow;

  constructor(
    readonly order: OrderLine,
    readonly windows: Windows,
    readonly state: LineState,
  ) {
    this.flow = flowOf(order.delivery);
  }

  /**
   * It is a SaaS line, and its run began with release 0.4.0 or later. Decided in the first task of a run, for all that
   * this and older releases brought: each `patched` costs two events.
   */
  since040 = false;

  /** The revision at which the line only passes a node: it is not worth a place in the Temporal UI's list. */
  passing = 0;

  /** The history has grown so long that the line is to continue as new at the next step. */
  isLong = false;

  /** Questions to the calendar under way: what is shown waits for them, so that it is shown once. */
  asking = 0;

  /** Where the line stands, as its flow has it. */
  get here(): FlowNode {
    return nodeOf(this.flow, this.state.node);
  }
  /** Events are on their way to the platform; those that come meanwhile follow. */
  sendingEvents = false;

  /** How it stands is on its way to its bundle; what comes meanwhile follows. */
  tellingBundle = false;

  /** The parcel that this run tracks, by `workflows/tracking.ts`. */
  tracked: Tracked | null = null;

  /** How many of the line's mails this run has put on their way. */
  mailsBegun = 0;

  /**
   * Looks at the history's length. To be called only after an activity, a timer or a command: the end of a
   * local activity may come with a later task than the one that a replay gives it to, where the answer
   * differs.
   */
  measure(): void {
    this.isLong = workflowInfo().continueAsNewSuggested;
  }

  /** Moves the line along its flow, writes its log, and makes a new revision for the registry and the Temporal UI. */
  change(change: Change, { by, command, note, attachments = [] }: Story): void {
    const { state } = this;
    const from = state.node;
    Object.assign(state, change);
    state.logged += 1;
    state.log.push({
      seq: state.logged,
      at: Date.now(),
      by: by ?? 'steward',
      command: command ?? null,
      from,
      to: state.node,
      note,
      ...(attachments.length > 0 && { attachments }),
    });
    this.trimLog();
    this.renew();
  }

  /** It did not only pass: where it stands is worth telling after all. */
  stay(): void {
    if (this.passing === this.state.revision) this.renew();
  }

  /** Makes a new revision of what follows from the state. */
  renew(): void {
    const { state } = this;
    state.waitingFor = this.mover();
    if (this.flow.supervised && state.undo === null) state.dueAt = dueOf(state);
    state.revision += 1;
  }

  /** Whose move it is: an open appeal and a pending unsubscription come before the node. */
  private mover(): WaitingFor {
    const { appeal, unsubscription } = this.state;
    if (appeal?.status === 'OPEN' || unsubscription?.status === 'OPERATOR_CONFIRMING') return 'operator';
    if (unsubscription?.status === 'REQUESTED' && !this.flow.supervised) return 'nobody';
    // A seller who has approved waits for those of the other lines.
    if (unsubscription?.status === 'REQUESTED') return unsubscription.agreed ? 'nobody' : 'seller';
    return this.here.waitingFor;
  }

  /** Whether the time limit that is shown rests on a year that the calendar does not know. */
  get provisional(): boolean {
    const { clocks, dueAt } = this.state;
    return clocks.some((clock) => clock.provisional && clock.stoppedAt === null && clock.dueAt === dueAt);
  }

  /** Whether it has what came with a patch: only SaaS lines are older than any. */
  has(patch: 'mail' | 'five-days'): boolean {
    return this.order.delivery !== 'saas' || this.since040 || patched(patch);
  }

  /** Puts an event into the outbox; `workflows/outbox.ts` sends it. */
  tell(type: PlatformEventType, note: string): void {
    const { state, order } = this;
    state.events += 1;
    state.outbox.push({
      id: eventId(order.orderLineId, state.events),
      type,
      at: iso(Date.now()),
      orderId: order.orderId,
      orderLineId: order.orderLineId,
      status: state.status,
      node: state.node,
      note,
    });
  }

  /** Puts a mail on its way for each recipient; `workflows/mails.ts` sends them. */
  mail(
    kind: MailKind,
    to: readonly MailRecipient[],
    about: Partial<Pick<MailRequest, 'dueAt' | 'amount' | 'quote' | 'acceptance'>> = {},
  ): void {
    const { state, order } = this;
    // SaaS lines of release 0.1.0 sent none.
    if (!this.has('mail')) return;
    const { orderId, orderLineId, sellerId, productId } = order;
    for (const recipient of to) {
      state.mailed += 1;
      const request: MailRequest = {
        ...{ id: mailId(orderLineId, state.mailed), kind, to: recipient },
        ...{ orderId, orderLineId, sellerId, productId, node: state.node },
        ...{ dueAt: null, amount: null, quote: null, ...about },
      };
      state.mails.push({ request, since: Date.now() });
    }
  }

  /** Waits until `test` holds, or until a point in time; true when it held. The summary names the timer in the UI. */
  async until(at: number, test: () => boolean, summary: string): Promise<boolean> {
    const left = at - Date.now();
    if (test() || left <= 0) return test();
    return condition(test, left, { summary });
  }

  /** The log never loses what the registry has not got yet. */
  trimLog(): void {
    const { state } = this;
    const keep = Math.max(LOG_KEPT, state.logged - state.published.logged);
    if (state.log.length > keep) state.log.splice(0, state.log.length - keep);
  }

  answer(): UpdateAnswer {
    const { revision, status, node, waitingFor } = this.state;
    return { revision, status, node, waitingFor };
  }

  view(): LineView {
    const { revision, status, node, waitingFor, dueAt, instanceId, undo, log } = this.state;
    const { unsubscription, appeal, license, completion, shipment, addressId, addressChanges } = this.state;
    const { fiveDaysUntil } = this.state;
    const { provisional } = this;
    return {
      revision,
      status,
      node,
      waitingFor,
      allowed: allowed(this),
      dueAt,
      ...(provisional && { provisional }),
      instanceId,
      unsubscription: undo?.unsubscription ?? unsubscription,
      appeal,
      license,
      completion,
      shipment,
      autoAcceptance: autoAcceptance(this.state),
      addressId,
      addressChanges,
      fiveDaysUntil,
      log,
    };
  }
}

/** What runs out next; what is overdue comes first. */
function dueOf(state: LineState): number | null {
  const running = state.clocks.filter((clock) => isRunning(state, clock)).map(({ dueAt }) => dueAt ?? 0);
  return running.length > 0 ? Math.min(...running) : null;
}
