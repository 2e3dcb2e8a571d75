import type { Client } from '@temporalio/client';
import { orderLineWorkflowId } from '../domain/ids';
import type { BenchOrder } from './order';

/** What an order leaves in its history. */
export interface HistoryCost {
  events: number;
  activities: number;
  localActivities: number;
  updates: number;
  timers: number;
  upserts: number;
  workflowTasks: number;
}

/** The mean over some orders. */
export async function historyCost(client: Client, orders: readonly BenchOrder[]): Promise<HistoryCost> {
  const costs = await Promise.all(orders.map((order) => costOf(client, order)));
  const mean = (of: keyof HistoryCost) => costs.reduce((sum, cost) => sum + cost[of], 0) / costs.length;
  return {
    events: mean('events'),
    activities: mean('activities'),
    localActivities: mean('localActivities'),
    updates: mean('updates'),
    timers: mean('timers'),
    upserts: mean('upserts'),
    workflowTasks: mean('workflowTasks'),
  };
}

async function costOf(client: Client, { orderId, orderLineId }: BenchOrder): Promise<HistoryCost> {
  const handle = client.workflow.getHandle(orderLineWorkflowId(orderId, orderLineId));
  const events = (await handle.fetchHistory()).events ?? [];
  const count = (holds: (event: (typeof events)[number]) => unknown) => events.filter(holds).length;
  return {
    events: events.length,
    activities: count((event) => event.activityTaskScheduledEventAttributes),
    localActivities: count(
      ({ markerRecordedEventAttributes: marker }) => marker?.markerName === 'core_local_activity',
    ),
    updates: count((event) => event.workflowExecutionUpdateCompletedEventAttributes),
    timers: count((event) => event.timerStartedEventAttributes),
    upserts: count((event) => event.upsertWorkflowSearchAttributesEventAttributes),
    workflowTasks: count((event) => event.workflowTaskCompletedEventAttributes),
  };
}
