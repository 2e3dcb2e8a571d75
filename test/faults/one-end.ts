import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { defaultOrderLineId, orderLineWorkflowId, unsubscriptionId } from '../../domain/ids';
import type { OrderBody } from '../../domain/schemas/order';
import { expectSound, secretsIn, testDataConverter } from '../support/history-checks';
import type { World } from './world';

/** How a line can end here, and the event that says so. */
const ENDS = { COMPLETED: 'order.completed', UNSUBSCRIBED: 'order.unsubscribed' } as const;
type End = keyof typeof ENDS;

/**
 * Waits until orders have ended, and checks that each has one end, whatever was killed on the way: delivered once
 * and nothing refunded, or refunded once and nothing left at the seller; told once; with a sound history.
 *
 * @returns how they ended, in the same order
 */
export async function expectOneEnd(world: World, orders: readonly OrderBody[]): Promise<End[]> {
  const connection = await Connection.connect({ address: world.server.address });
  const client = new Client({ connection, dataConverter: testDataConverter });
  const ends: End[] = [];
  for (const { orderId } of orders) {
    const handle = client.workflow.getHandle(orderLineWorkflowId(orderId, defaultOrderLineId(orderId)));
    const { status } = (await handle.result()) as { status: End };
    await expectConsistent(world, orderId, status);
    await expectSound(await handle.fetchHistory(), handle.workflowId);
    ends.push(status);
  }
  await connection.close();
  expect(secretsIn(readFileSync(join(world.home.folder, 'steward.log'), 'utf8'))).toEqual([]);
  return ends;
}

/** The API, the seller and the platform say the same of an order that has ended. */
async function expectConsistent(world: World, orderId: string, status: End): Promise<void> {
  const { lines } = await world.api.operator.getOrder(orderId);
  expect(lines).toMatchObject([{ orderId, status, node: 'ENDED' }]);
  const { orderLineId, instanceId, delivery, unsubscription } = lines[0]!;
  const ours = <About extends { orderId: string }>(all: readonly About[]) =>
    all.filter((about) => about.orderId === orderId);

  const instances = ours(world.seller.instances);
  const refunds = ours(world.platform.refunds);
  if (status === 'COMPLETED') {
    expect(instances).toMatchObject(delivery === 'saas' ? [{ instanceId, released: false }] : []);
    expect(refunds).toEqual([]);
  } else {
    expect(instances.filter(({ released }) => !released)).toEqual([]);
    const { amount } = unsubscription ?? {};
    expect(refunds).toMatchObject([{ refundId: unsubscriptionId(orderLineId, 1), amount }]);
  }
  const told = ours(world.platform.events).map(({ type }) => type as string);
  expect(told.filter((type) => Object.values<string>(ENDS).includes(type))).toEqual([ENDS[status]]);
}
