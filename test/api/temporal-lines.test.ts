import { Client, Connection } from '@temporalio/client';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { NativeConnection, Runtime } from '@temporalio/worker';
import type { Activities } from '../../activities';
import type { LineService } from '../../api/line-service';
import { temporalLines } from '../../api/temporal-lines';
import type { OrderLineStart } from '../../domain/order-line';
import type { Party } from '../../domain/parties';
import { SEARCH_ATTRIBUTES, TASK_QUEUES } from '../../temporal.config';
import { createLogger, toTemporalLogger } from '../../workers/logger';
import { registerSearchAttributes } from '../../workers/namespace';
import { createOrderWorker } from '../../workers/run';
import { startDevServer, type DevServer } from '../../workers/servers';
import { sampleOrder } from '../db/samples';
import { TAME_ACTIVITIES } from '../support/tame-activities';
import { testDataConverter, workflowBundle } from '../support/history-checks';

/** What the API relies on, shown on a real server with the real workflow; its activities are played. */

const OPERATOR: Party = { role: 'operator', sub: 'operator-1' };
const quiet = createLogger({ level: 'silent' });

let server: DevServer;
let connection: Connection;
let native: NativeConnection;
const nowhere = Connection.lazy({ address: '127.0.0.1:1' });
let client: Client;
let lines: LineService;
let stopWorker: () => Promise<void>;
/** The revisions that lines wrote, by their ids. */
const written: [orderLineId: string, revision: number][] = [];
/** What the seller's create call comes to; it never answers unless a test says so. */
let newInstance: Activities['newInstance'];

beforeAll(async () => {
  Runtime.install({ logger: toTemporalLogger(quiet) });
  server = await startDevServer({ namespace: 'api-test' });
  connection = await Connection.connect({ address: server.address });
  native = await NativeConnection.connect({ address: server.address });
  await registerSearchAttributes(connection, 'api-test');
  client = new Client({ connection, namespace: 'api-test', dataConverter: testDataConverter });
  lines = temporalLines({ client, taskQueue: TASK_QUEUES.orders, logger: quiet });
  await startWorker();
});
beforeEach(() => {
  newInstance = () => Context.current().cancelled;
});
afterAll(async () => {
  await stopWorker();
  await native.close();
  await connection.close();
  await nowhere.close();
  await server.stop();
});

async function startWorker(): Promise<void> {
  const activities: Activities = {
    ...TAME_ACTIVITIES,
    newInstance: (input) => newInstance(input),
    publishView: ({ orderLineId, view }) => {
      written.push([orderLineId, view.revision]);
      return Promise.resolve();
    },
  };
  const worker = await createOrderWorker(
    {
      connection: native,
      namespace: 'api-test',
      activities,
      dataConverter: testDataConverter,
      profile: 'local',
      workflowBundle: await workflowBundle(),
    },
    { shutdownGraceTime: 0 },
  );
  const run = worker.run();
  stopWorker = async () => {
    worker.shutdown();
    await run;
  };
}

const startOf = (orderId: string): OrderLineStart => sampleOrder(orderId).starts[0]!;
const lineOf = (orderId: string) => ({ orderId, orderLineId: `${orderId}-000001` });
const handleOf = (orderId: string) => client.workflow.getHandle(`order-line/${orderId}/${orderId}-000001`);
const close = (orderId: string, updateId: string, minor = 9_900) => {
  const data = { reason: 'By phone', refund: { currency: 'CNY', minor } };
  return lines.command(lineOf(orderId), 'close', { by: OPERATOR, data }, updateId);
};

// First: the SDK's own retries go on for some seconds, and closing the connection under them ends the process.
describe('without a server', () => {
  it('nothing hangs and nothing is lost', async () => {
    const alone = temporalLines({
      client: new Client({ connection: nowhere, dataConverter: testDataConverter }),
      taskQueue: TASK_QUEUES.orders,
      logger: quiet,
    });
    const request = { by: OPERATOR, data: {} };
    const before = Date.now();
    const [opened, given, published, reached] = await Promise.allSettled([
      alone.open(startOf('X1')),
      alone.command(lineOf('X1'), 'retry-refund', request, 'U1'),
      alone.publish(lineOf('X1')),
      alone.ping(),
    ]);
    expect(Date.now() - before).toBeLessThan(25_000);
    expect(opened).toMatchObject({ value: 'pending' });
    expect(given).toMatchObject({ reason: { code: 'TRY_AGAIN' } });
    expect(published).toMatchObject({ status: 'fulfilled' });
    expect(reached).toMatchObject({ status: 'rejected' });
  });

  it('a reachable one answers a ping', async () => {
    await expect(lines.ping()).resolves.toBeUndefined();
  });
});

describe('a line', () => {
  it('is started once, however often it is opened', async () => {
    const opened = await Promise.all(Array.from({ length: 5 }, () => lines.open(startOf('L1'))));
    expect(new Set(opened)).toEqual(new Set(['started']));
    const { runId } = await handleOf('L1').describe();
    expect(await lines.open(startOf('L1'))).toBe('started');
    expect((await handleOf('L1').describe()).runId).toBe(runId);
  });

  it('is found by its attributes and described in words, without personal data', async () => {
    const before = Date.now();
    await lines.open(startOf('L2'));
    const { typedSearchAttributes, raw } = await handleOf('L2').describe();
    expect(typedSearchAttributes.get(SEARCH_ATTRIBUTES.orderId)).toBe('L2');
    expect(typedSearchAttributes.get(SEARCH_ATTRIBUTES.sellerId)).toBe('S1');
    expect(typedSearchAttributes.get(SEARCH_ATTRIBUTES.delivery)).toBe('saas');
    expect(typedSearchAttributes.get(SEARCH_ATTRIBUTES.node)).toBe('OPENING');
    const due = typedSearchAttributes.get(SEARCH_ATTRIBUTES.dueAt)?.getTime();
    expect(due).toBeGreaterThanOrEqual(before);
    expect(due).toBeLessThanOrEqual(Date.now());
    expect(raw.executionConfig?.userMetadata?.summary).toBeTruthy();
    const description = await handleOf('L2').describe();
    expect(await description.staticSummary()).toBe('saas P1 of S1, 99.00 CNY');
    expect(await description.staticDetails()).toContain('Order `L2`');
  });

  it('writes its view again when asked; one that is gone writes nothing', async () => {
    await lines.open(startOf('L3'));
    await lines.publish(lineOf('L3'));
    const { orderLineId } = lineOf('L3');
    expect(written.filter(([id]) => id === orderLineId).map(([, revision]) => revision)).toEqual([1, 1]);
    await expect(lines.publish(lineOf('NONE'))).resolves.toBeUndefined();
  });

  it('takes a command once under one update id', async () => {
    await lines.open(startOf('L4'));
    const answers = await Promise.all([close('L4', 'U1'), close('L4', 'U1')]);
    expect(answers[0]).toMatchObject({ node: 'REFUNDING' });
    expect(answers[1]).toEqual(answers[0]);
  });

  it('refuses with the code and the parameters of the catalogue', async () => {
    await lines.open(startOf('L5'));
    await expect(close('L5', 'U1', 9_901)).rejects.toMatchObject({
      code: 'REFUND_TOO_LARGE',
      message: 'At most 99.00 CNY was paid; 99.01 CNY cannot be refunded',
    });
    const request = { by: OPERATOR, data: {} };
    await expect(lines.command(lineOf('L5'), 'retry-refund', request, 'U2')).rejects.toMatchObject({
      code: 'NOT_ALLOWED_NOW',
      message: expect.stringContaining('OPENING') as string,
    });
  });

  it('that never began or has ended takes no command; a repeated one gets its first answer', async () => {
    expect(await close('NONE', 'U1')).toBeNull();
    await lines.open(startOf('L6'));
    newInstance = () => Promise.reject(ApplicationFailure.nonRetryable('gone', 'INTERNAL'));
    const first = await close('L6', 'U1');
    await handleOf('L6').terminate();
    expect(await close('L6', 'U2')).toBeNull();
    expect(await close('L6', 'U1')).toEqual(first);
    expect(await lines.open(startOf('L6'))).toBe('started');
  });
});

describe('without a worker', () => {
  beforeAll(() => stopWorker());
  afterAll(() => startWorker());

  it('a line is pending, and goes on when a worker comes', async () => {
    const before = Date.now();
    expect(await lines.open(startOf('W1'))).toBe('pending');
    expect(Date.now() - before).toBeLessThan(25_000);
    await startWorker();
    expect(await lines.open(startOf('W1'))).toBe('started');
    await stopWorker();
  });

  it('a command is to be tried again', async () => {
    await expect(close('L1', 'U9')).rejects.toMatchObject({ code: 'TRY_AGAIN' });
  });
});
