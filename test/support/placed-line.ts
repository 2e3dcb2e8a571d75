import type { Client, WorkflowHandle } from '@temporalio/client';
import type { History } from '@temporalio/common/lib/proto-utils';
import type { Command } from '../../domain/commands';
import { orderLineWorkflowId } from '../../domain/ids';
import type { Node, Status } from '../../domain/nodes';
import type { LineView, UpdateAnswer } from '../../domain/order-line';
import type { Role } from '../../domain/parties';
import type { CommandData } from '../../domain/schemas/commands';
import type { Delivery } from '../../domain/schemas/order';
import { commandUpdates, viewQuery } from '../../workflows/messages';
import { eventually } from './eventually';
import { listedNodesIn, mailsIn, timeOf, timersNamed, type HistoryEvent } from './summaries';

/** An order line placed in a test. */
export interface PlacedLine {
  orderId: string;
  orderLineId: string;
  delivery: Delivery;
  handle: WorkflowHandle;
  /** How it ended. Lets no time pass: without a timer to wait for, the server would skip ten years. */
  ended(): Promise<{ status: Status }>;
  /** Resolves as soon as it stands there. */
  until(node: Node): Promise<LineView>;
  /** Resolves when nothing is under way any more: no task, no activity. */
  quiet(): Promise<void>;
  view(): Promise<LineView>;
  command<C extends Command>(command: C, by: Role, data: CommandData<C>): Promise<UpdateAnswer>;
  history(): Promise<History>;
  /** When each activity of this type was started, in ms after the line. */
  startsOf(activity: string): Promise<number[]>;
  /** The mails that were put on their way, `<kind> <recipient>`, oldest first. */
  mails(): Promise<string[]>;
  /** The nodes under which the Temporal UI's list came to have it, after the one of its start. */
  listedNodes(): Promise<Node[]>;
  /** How long each timer with this summary was set for, in ms. */
  waits(summary: string): Promise<number[]>;
}

/**
 * A line that was placed.
 *
 * @param patient a client under which the time-skipping server's clock goes as every clock
 */
export function placedLine(
  client: Client,
  patient: Client,
  key: Pick<PlacedLine, 'orderId' | 'orderLineId' | 'delivery'>,
): PlacedLine {
  const workflowId = orderLineWorkflowId(key.orderId, key.orderLineId);
  const handle = client.workflow.getHandle(workflowId);
  const view = () => handle.query(viewQuery);
  return {
    ...key,
    handle,
    view,
    ended: () => patient.workflow.getHandle(workflowId).result() as Promise<{ status: Status }>,
    until: (node) => eventually(view, (seen) => seen.node === node),
    quiet: () => untilQuiet(handle),
    command: (command, role, data) => {
      const sub = role === 'seller' ? 'seller-1' : `${role}-1`;
      return handle.executeUpdate<UpdateAnswer, [never]>(commandUpdates[command] as never, {
        args: [{ by: { role, sub }, data } as never],
      });
    },
    history: () => handle.fetchHistory(),
    startsOf: async (activity) => startsOf(await handle.fetchHistory(), activity),
    mails: async () => mailsIn(await handle.fetchHistory()),
    listedNodes: async () => listedNodesIn(await handle.fetchHistory()),
    waits: async (summary) => timersNamed(await handle.fetchHistory(), summary),
  };
}

async function untilQuiet(handle: WorkflowHandle): Promise<void> {
  await eventually(() => handle.fetchHistory(), isQuiet);
}

/** Every task and every activity that was scheduled has come to an end, but for questions to carriers: they wait. */
function isQuiet({ events }: History): boolean {
  const all = events ?? [];
  const count = (...kinds: (keyof HistoryEvent)[]) =>
    all.filter((event) => kinds.some((kind) => event[kind] != null)).length;
  const tasks = count('workflowTaskScheduledEventAttributes');
  const ended = all.map(
    (event) =>
      event.activityTaskCompletedEventAttributes?.scheduledEventId ??
      event.activityTaskFailedEventAttributes?.scheduledEventId,
  );
  const over = new Set(ended.map(String));
  return (
    tasks === count('workflowTaskCompletedEventAttributes', 'workflowTaskTimedOutEventAttributes') &&
    all.every(({ eventId, activityTaskScheduledEventAttributes: activity }) => {
      return activity == null || activity.activityType?.name === 'trackParcel' || over.has(String(eventId));
    })
  );
}

function startsOf({ events }: History, activity: string): number[] {
  const all = events ?? [];
  const scheduled = new Set(
    all
      .filter((event) => event.activityTaskScheduledEventAttributes?.activityType?.name === activity)
      .map(({ eventId }) => String(eventId)),
  );
  return all
    .filter((event) => scheduled.has(String(event.activityTaskStartedEventAttributes?.scheduledEventId)))
    .map((event) => timeOf(event) - timeOf(all[0]!));
}
