import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ScheduleHandle } from '@temporalio/client';
import { settlementScheduleId, settlementWorkflowId } from '../../domain/ids';
import { lastPeriodOver } from '../../domain/ledger/account-period';
import { SCHEDULED_START_TIME } from '../../domain/search-attributes';
import { eventually } from '../support/eventually';
import { LiveRig } from '../support/live-rig';
import { startSettlementWorker } from '../support/settlement-worker';
import { TameLedger } from '../support/tame-ledger';

/** A schedule's time that passes while the Temporal server is down. */

/** Time enough to kill the server before it comes, in ms. */
const SOON = 10_000;

const ledger = new TameLedger(3);
let folder: string;
let rig: LiveRig;
let stop: () => Promise<void>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'steward-downtime-'));
  rig = await LiveRig.start({ server: { dbFile: join(folder, 'temporal.db') } });
  stop = await startSettlementWorker(rig.runtime, ledger.activities);
});
afterAll(async () => {
  await stop();
  await rig.end();
  rmSync(folder, { recursive: true });
});

function china(): ScheduleHandle {
  return rig.runtime.client.schedule.getHandle(settlementScheduleId('china'));
}

/** The schedule as it is, but that it acts then, and next in a month. */
async function actAt(moment: Date): Promise<void> {
  const only = (n: number) => [{ start: n, end: n, step: 1 }];
  const then = {
    dayOfMonth: only(moment.getUTCDate()),
    hour: only(moment.getUTCHours()),
    minute: only(moment.getUTCMinutes()),
    second: only(moment.getUTCSeconds()),
  };
  await china().update((found) => ({ ...found, spec: { calendars: [then], timezone: 'UTC' } }));
  // What is due before the server has taken the change to heart would be passed over.
  await eventually(
    () => china().describe(),
    ({ info }) => info.nextActionTimes[0]?.getTime() === moment.getTime(),
    SOON,
  );
}

/** What was ever started of a kind. */
async function runsOf(type: 'settlementStart' | 'settlement') {
  const found = [];
  const query = `WorkflowType = "${type}"`;
  for await (const run of rig.runtime.client.workflow.list({ query })) found.push(run);
  return found;
}

test('is caught up once when the server is back, and not again after another kill', async () => {
  const due = new Date(Math.ceil((Date.now() + SOON) / 1_000) * 1_000);
  await actAt(due);
  await rig.killServer();
  expect(Date.now()).toBeLessThan(due.getTime());
  await sleep(due.getTime() - Date.now() + 1_000);
  await rig.startServer();

  const over = (type: Parameters<typeof runsOf>[0]) =>
    eventually(
      () => runsOf(type).catch(() => []),
      (found) => found.some(({ status }) => status.name === 'COMPLETED'),
      90_000,
    );
  const started = await over('settlementStart');
  const key = { site: 'china', period: lastPeriodOver(due.getTime()) } as const;
  const scheduled = started.map(({ typedSearchAttributes }) =>
    typedSearchAttributes.get(SCHEDULED_START_TIME),
  );
  expect(scheduled).toEqual([due]);
  const billed = await over('settlement');
  expect(billed.map(({ workflowId }) => workflowId)).toEqual([settlementWorkflowId(key)]);
  expect(ledger.closed).toEqual([key]);

  await rig.killServer();
  await rig.startServer();
  const { info } = await eventually(
    () =>
      china()
        .describe()
        .catch(() => ({ info: null })),
    (found) => found.info !== null,
  );
  expect(info?.numActionsTaken).toBe(1);
  expect(await runsOf('settlementStart')).toHaveLength(1);
  expect(ledger.closed).toEqual([key]);
});
