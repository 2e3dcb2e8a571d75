import { TAME_ACTIVITIES } from '../support/tame-activities';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, WithStartWorkflowOperation } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import type { OrderLineStart } from '../../domain/order-line';
import { WINDOWS } from '../../domain/windows';
import { TASK_QUEUES } from '../../temporal.config';
import { addSearchAttributes } from '../../workers/namespace';
import { createOrderWorker } from '../../workers/run';
import { findTestServer } from '../../workers/servers';
import { openUpdate, ORDER_LINE } from '../../workflows/messages';
import { testDataConverter, workflowBundle } from '../support/history-checks';
import { TEST_CODEC_KEYS } from '../support/keys';
import { stewardProcess } from './steward';

/** `steward replay`, with a history that an order line has just made, encrypted as all of them are. */

const WORKFLOW_ID = 'order-line/CS1/CS1-000001';
let history: { events: { workflowExecutionStartedEventAttributes?: { workflowId?: string } }[] };
let folder: string;

beforeAll(async () => {
  history = JSON.parse(await recordInstantOrder()) as typeof history;
  // As clusters and the dev server record it; the time-skipping server leaves it out.
  history.events[0]!.workflowExecutionStartedEventAttributes!.workflowId = WORKFLOW_ID;
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'steward-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function recordInstantOrder(): Promise<string> {
  const { executable: path } = await findTestServer();
  const server = { executable: { type: 'existing-path', path } } as const;
  const env = await TestWorkflowEnvironment.createTimeSkipping({ server });
  await addSearchAttributes(env.connection, 'default');
  const client = new Client({ connection: env.connection, dataConverter: testDataConverter });
  const worker = await createOrderWorker({
    connection: env.nativeConnection,
    namespace: 'default',
    activities: TAME_ACTIVITIES,
    dataConverter: testDataConverter,
    profile: 'local',
    workflowBundle: await workflowBundle(),
  });
  const startWorkflowOperation = new WithStartWorkflowOperation(ORDER_LINE, {
    workflowId: WORKFLOW_ID,
    taskQueue: TASK_QUEUES.orders,
    workflowIdConflictPolicy: 'FAIL',
    args: [START],
  });
  const recorded = await worker.runUntil(async () => {
    await client.workflow.executeUpdateWithStart(openUpdate, { startWorkflowOperation });
    const handle = client.workflow.getHandle(WORKFLOW_ID);
    await handle.result();
    return historyToJSON(await handle.fetchHistory());
  });
  await env.teardown();
  return recorded;
}

const START: OrderLineStart = {
  line: {
    orderId: 'CS1',
    orderLineId: 'CS1-000001',
    orderType: 'NEW',
    site: 'china',
    sellerId: 'S1',
    buyerId: 'B1',
    productId: 'P1',
    skuId: 'K1',
    delivery: 'saas',
    charging: { mode: 'ONE_TIME' },
    amount: { currency: 'CNY', minor: 100 },
    trial: false,
    feeRate: 0,
  },
  windows: WINDOWS.standard,
};

function write(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

/** A state folder without keys, so that only those of `env` count. */
const replay = (args: string[], env: Record<string, string> = { STEWARD_CODEC_KEYS: TEST_CODEC_KEYS }) =>
  stewardProcess(['replay', ...args], { env: { STEWARD_STATE: folder, ...env } });

/** The same history as if the code had called another activity then. */
function ofOtherCode(): string {
  return JSON.stringify(history).replaceAll('"newInstance"', '"openInstance"');
}

/** As some servers record it. */
function withoutWorkflowId(): unknown {
  const copy = structuredClone(history);
  delete copy.events[0]!.workflowExecutionStartedEventAttributes!.workflowId;
  return copy;
}

test('histories that the code still fits go through, in both file formats and in folders of folders', async () => {
  mkdirSync(join(folder, 'v1'));
  const wrapped = write('v1/recorded.json', { workflowId: WORKFLOW_ID, history: withoutWorkflowId() });
  const plain = write('shown-by-temporal.json', history);
  write('v1/notes.txt', 'no history');
  const { stdout, stderr, exitCode } = await replay([folder]);
  expect({ stdout, stderr, exitCode }).toEqual({
    stdout: `ok      ${plain}\nok      ${wrapped}\n`,
    stderr: '',
    exitCode: 0,
  });
});

test('one that it does not fit fails with the reason, and the others are still replayed', async () => {
  const broken = write('a-broken.json', ofOtherCode());
  const fine = write('b-fine.json', history);
  const people = await replay([broken, fine]);
  expect(people.stdout).toMatch(
    /^FAILED {2}\S+a-broken\.json: \[TMPRL1100\] Nondeterminism error: .*openInstance.*newInstance.*\nok {6}/,
  );
  expect(people.exitCode).toBe(1);
  const program = await replay([folder, '--json']);
  expect(JSON.parse(program.stdout)).toEqual({
    ok: false,
    histories: [
      { file: broken, error: expect.stringContaining('Nondeterminism error') as string },
      { file: fine, error: null },
    ],
  });
});

test('a history that does not name its workflow needs --workflow-id', async () => {
  const file = write('old.json', withoutWorkflowId());
  expect((await replay([file])).stdout).toMatch(/^FAILED .*--workflow-id/);
  expect(await replay([file, '--workflow-id', WORKFLOW_ID])).toMatchObject({ exitCode: 0 });
});

test('files that hold no history fail, each with its reason', async () => {
  write('1.json', '{');
  write('2.json', { workflowId: 'w' });
  write('3.json', { events: [] });
  const { stdout, exitCode } = await replay([folder]);
  expect(stdout).toMatch(/1\.json: this is not JSON\n.*2\.json: this is no .*\n.*3\.json: this is no /);
  expect(exitCode).toBe(1);
});

test('an empty folder and a missing path fail: nothing was proved', async () => {
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  expect((await replay([empty])).stderr).toMatch(/^INVALID_REQUEST: .*empty: there is no history/);
  expect((await replay([join(folder, 'none')])).stderr).toMatch(/^INVALID_REQUEST: .*none: there is no such/);
  const file = write('fine.json', history);
  expect(await replay([file, empty])).toMatchObject({ stdout: '', exitCode: 1 });
});

test('the keys come from the environment or the state folder, and wrong ones are told', async () => {
  const file = write('fine.json', history);
  expect((await replay([file], {})).stderr).toMatch(/^KEY_MISSING: Setting STEWARD_CODEC_KEYS/);
  const other = `other:${Buffer.alloc(32, 9).toString('base64')}`;
  const wrong = await replay([file], { STEWARD_CODEC_KEYS: other });
  expect(wrong.stdout).toMatch(/^FAILED .*STEWARD_CODEC_KEYS has no key test/);
  write('keys.json', { STEWARD_CODEC_KEYS: TEST_CODEC_KEYS });
  expect(await replay([file], {})).toMatchObject({ exitCode: 0, stderr: '' });
});
