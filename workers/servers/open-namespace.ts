import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { RETENTION_DAYS, SEARCH_ATTRIBUTES } from '../../temporal.config';
import { grpcError } from '../grpc-error';
import { registerSearchAttributes } from '../namespace';
import { untilDone } from '../until-done';
import { LOOPBACK } from './ports';

/** Each service of a server reads the namespaces anew this often, unless configured otherwise. */
const NAMESPACES_MS = 2000;
/** A server on a busy machine may take this long until it takes work. */
const READY = { forMs: 60_000, everyMs: 100 };
const DAY_SECONDS = 86_400;
/** gRPC status codes. */
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;

/**
 * Registers a namespace with Steward's retention and search attributes, unless it is there, and waits until the
 * services of the server on this loopback port know it and take work.
 */
export async function openNamespace(port: number, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address: `${LOOPBACK}:${port}` });
  try {
    const isNew = await untilDone(() => register(connection, namespace), READY);
    await untilDone(() => registerSearchAttributes(connection, namespace), READY);
    await untilDone(() => isReady(connection, namespace), READY);
    // The one that was asked knows it by now; the others do after this.
    if (isNew) await sleep(NAMESPACES_MS);
  } finally {
    await connection.close();
  }
}

/** Whether it was not there before. */
async function register({ workflowService }: Connection, namespace: string): Promise<boolean> {
  const seconds = RETENTION_DAYS * DAY_SECONDS;
  try {
    await workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: { seconds: seconds as never },
    });
    return true;
  } catch (error) {
    if (grpcError(error)?.code === ALREADY_EXISTS) return false;
    throw error;
  }
}

/** The shards are taken when a workflow that never was is missed, and the search attributes known when one can be used. */
async function isReady({ workflowService }: Connection, namespace: string): Promise<void> {
  const query = `${SEARCH_ATTRIBUTES.orderId.name} = 'none'`;
  await workflowService.countWorkflowExecutions({ namespace, query });
  try {
    await workflowService.describeWorkflowExecution({ namespace, execution: { workflowId: 'none' } });
  } catch (error) {
    if (grpcError(error)?.code !== NOT_FOUND) throw error;
  }
}
