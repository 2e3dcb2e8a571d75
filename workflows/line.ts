import { condition, workflowInfo } from '@temporalio/workflow';
import type { Command } from '../domain/commands';
import type { PlatformEventType } from '../domain/events';
import { eventId } from '../domain/ids';
import { LOG_KEPT, type LineView, type OrderLine, type UpdateAnswer } from '../domain/order-line';
import type { Role } from '../domain/parties';
import { iso } from '../domain/time';
import type { Windows } from '../domain/windows';
import { SAAS_FLOW } from './flows/saas';
import { allowed } from './guards';
import type { LineState } from './state';

type Change = Partial<Pick<LineState, 'status' | 'node' | 'dueAt' | 'instanceId'>>;

/** Who did it, and what people read about it. */
interface Story {
  by?: Role;
  command?: Command;
  note: string;
}

/** An order line inside its workflow: its state and the few ways in which it changes. */
export class Line {
  constructor(
    readonly order: OrderLine,
    readonly windows: Windows,
    readonly state: LineState,
  ) {}

  /** The history has grown so long that the line is to continue as new at the next step. */
  isLong = false;

  /** Events are on their way to the platform; those that come meanwhile follow. */
  sendingEvents = false;

  /**
   * Looks at the history's length. To be called only after an activity, a timer or a command: the end of a
   * local activity may come with a later task than the one that a replay gives it to, where the answer
   * differs.
   */
  measure(): void {
    this.isLong = workflowInfo().continueAsNewSuggested;
  }

  /** Moves the line along its flow, writes its log, and makes a new revision for the registry and the Temporal UI. */
  change(change: Change, story: Story): void {
    const { state } = this;
    const from = state.node;
    const { node = from } = change;
    Object.assign(state, change, { waitingFor: SAAS_FLOW[node].waitingFor });
    state.revision += 1;
    state.logged += 1;
    state.log.push({
      seq: state.logged,
      at: Date.now(),
      by: story.by ?? 'steward',
      command: story.command ?? null,
      from,
      to: state.node,
      note: story.note,
    });
    this.trimLog();
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
    return {
      revision,
      status,
      node,
      waitingFor,
      allowed: allowed(this.state),
      dueAt,
      instanceId,
      unsubscription: undo?.unsubscription ?? null,
      log,
    };
  }
}
