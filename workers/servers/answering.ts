import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { accepts, LOOPBACK } from './ports';

/** A server on a busy machine may take this long until it answers. */
const START_MS = 60_000;

/**
 * Waits until the Temporal server on a loopback port answers and, where given, has the namespace.
 *
 * @param ended settles when the server has ended: there is nothing left to wait for.
 * @throws Error with the last answer after a minute, or at once when the server ended.
 */
export async function untilAnswering(
  port: number,
  ended: Promise<unknown>,
  namespace?: string,
): Promise<void> {
  const over = ended.then((): never => {
    throw new Error('it ended while starting');
  });
  const deadline = Date.now() + START_MS;
  for (;;) {
    const problem = await Promise.race([problemOf(port, namespace), over]);
    if (problem === undefined) return;
    if (Date.now() > deadline) {
      throw new Error(`no answer on ${LOOPBACK}:${port} for ${START_MS / 1000} s: ${problem}`);
    }
    await sleep(50);
  }
}

async function problemOf(port: number, namespace: string | undefined): Promise<string | undefined> {
  if (!(await accepts(port))) return 'connection refused';
  try {
    const connection = await Connection.connect({ address: `${LOOPBACK}:${port}`, connectTimeout: 2000 });
    try {
      if (namespace !== undefined) {
        await connection.withDeadline(Date.now() + 2000, () =>
          connection.workflowService.describeNamespace({ namespace }),
        );
      }
      return undefined;
    } finally {
      await connection.close();
    }
  } catch (error) {
    return (error as Error).message;
  }
}
