import type { ScheduleClient } from '@temporalio/client';
import { ScheduleOverlapPolicy, type ScheduleHandle } from '@temporalio/client';
import { settlementScheduleId } from '../../domain/ids';
import { lastPeriodOver } from '../../domain/ledger/account-period';
import { SITES } from '../../domain/ledger/billing-day';
import { iso } from '../../domain/time';
import { ensureSchedules } from '../../workers/schedules';
import { eventually } from '../support/eventually';
import { expectSound } from '../support/history-checks';
import { LiveRig } from '../support/live-rig';
import { recordHistory } from '../support/record';
import { startSettlementWorker } from '../support/settlement-worker';
import { TameLedger } from '../support/tame-ledger';

/** The schedules of the billing runs, as each start of Steward makes them. */

const DAY = 86_400_000;
const ledger = new TameLedger(3);
let rig: LiveRig;
let schedules: ScheduleClient;
let stop: () => Promise<void>;

beforeAll(async () => {
  rig = await LiveRig.start();
  schedules = rig.runtime.client.schedule;
  stop = await startSettlementWorker(rig.runtime, ledger.activities);
});
afterAll(async () => {
  await stop();
  await rig.end();
});

const handleOf = (site: (typeof SITES)[number]): ScheduleHandle =>
  schedules.getHandle(settlementScheduleId(site));
const ensure = () => ensureSchedules(rig.runtime.client.connection as never, 'live-test');

/** When a schedule acts from now on, so often, by the server. */
async function actionTimes(site: (typeof SITES)[number], times: number): Promise<string[]> {
  const { workflowService } = rig.runtime.client;
  const seconds = Math.floor(Date.now() / 1_000);
  const { startTime } = await workflowService.listScheduleMatchingTimes({
    namespace: 'live-test',
    scheduleId: settlementScheduleId(site),
    startTime: { seconds: seconds as never },
    endTime: { seconds: (seconds + ((times + 2) * 31 * DAY) / 1_000) as never },
  });
  return startTime.slice(0, times).map(({ seconds: at }) => iso(Number(at) * 1_000));
}

/** The next days of such a number, from the calendar of the business zone. */
function nextDays(day: number, times: number): string[] {
  const now = iso(Date.now());
  const [year, month] = [Number(now.slice(0, 4)), Number(now.slice(5, 7))];
  const all = Array.from({ length: times + 1 }, (_, n) => {
    const date = new Date(Date.UTC(year, month - 1 + n, day)).toISOString().slice(0, 10);
    return `${date}T00:00:00.000+08:00`;
  });
  return all.filter((at) => at > now).slice(0, times);
}

it.each([
  ['china', 3],
  ['intl', 7],
] as const)('%s acts at 00:00 (UTC+8) of the %d of each month, for two years', async (site, day) => {
  expect(await actionTimes(site, 24)).toEqual(nextDays(day, 24));
});

it.each(SITES)(
  '%s buffers what overlaps and catches up for a year, and says what it is for',
  async (site) => {
    const { policies, state, memo, action } = await handleOf(site).describe();
    expect(policies).toMatchObject({ overlap: 'BUFFER_ALL', catchupWindow: 365 * DAY });
    expect(state.note).toContain('has the month before billed');
    expect(memo?.['missed']).toContain(`steward settle --period YYYYMM --site ${site}`);
    // What would be encrypted with a key that goes some day.
    expect(action.args).toEqual([]);
  },
);

it('several processes that start at once make them once, and change nothing of what is right', async () => {
  for (const site of SITES) await handleOf(site).delete();
  await Promise.all([ensure(), ensure(), ensure()]);
  const described = () => Promise.all(SITES.map((site) => handleOf(site).describe()));
  const before = await described();
  await Promise.all([ensure(), ensure()]);
  const after = await described();
  // The server would pass over what was due before an update.
  expect(after.map(({ info }) => info.lastUpdatedAt)).toEqual(before.map(({ info }) => info.lastUpdatedAt));
});

it("an operator's pause survives a start, also one that brings the schedule up to date", async () => {
  const handle = handleOf('intl');
  await handle.pause('The ledger is being looked at');
  await ensure();
  await handle.update((found) => ({ ...found, spec: { calendars: [{ dayOfMonth: 12, hour: 1 }] } }));
  await ensure();
  const { state } = await eventually(
    () => handle.describe(),
    ({ spec }) => spec.timezone === 'Asia/Shanghai',
  );
  expect(state).toMatchObject({ paused: true, note: 'The ledger is being looked at' });
  expect(await actionTimes('intl', 3)).toEqual(nextDays(7, 3));
  await handle.unpause();
});

it('months that were missed are caught up, each with one run, however often', async () => {
  const now = Date.now();
  const months = [lastPeriodOver(now), lastPeriodOver(now - 31 * DAY), lastPeriodOver(now - 62 * DAY)];
  const backfill = () =>
    handleOf('china').backfill({
      start: new Date(now - 70 * DAY),
      end: new Date(now),
      overlap: ScheduleOverlapPolicy.BUFFER_ALL,
    });
  await backfill();
  await backfill();
  const starts = () => closedRuns('WorkflowType = "settlementStart" AND ExecutionStatus = "Completed"');
  const all = await eventually(starts, (found) => found.length >= 4, 90_000);
  for (const { workflowId, runId } of all) {
    const handle = rig.runtime.client.workflow.getHandle(workflowId, runId);
    const { period } = (await handle.result()) as { period: string };
    expect(months).toContain(period);
    await sound(workflowId, runId);
  }
  const runs = await eventually(
    () => closedRuns('WorkflowType = "settlement" AND ExecutionStatus = "Completed"'),
    (found) => found.length >= ledger.closed.length && found.length >= 2,
  );
  const ids = runs.map(({ workflowId }) => workflowId);
  expect(ids).toEqual([...new Set(ids)]);
  expect(ledger.opened.map(({ period }) => period).sort()).toEqual([
    ...new Set(ids.map((id) => id.slice(-6)).sort()),
  ]);
  for (const { workflowId, runId } of runs) await sound(workflowId, runId);
});

async function closedRuns(query: string): Promise<{ workflowId: string; runId: string }[]> {
  const found = [];
  for await (const { workflowId, runId } of rig.runtime.client.workflow.list({ query })) {
    found.push({ workflowId, runId });
  }
  return found;
}

async function sound(workflowId: string, runId: string): Promise<void> {
  const history = await rig.runtime.client.workflow.getHandle(workflowId, runId).fetchHistory();
  await expectSound(history, workflowId);
  recordHistory(history, workflowId, workflowId.startsWith('settlement-start') ? 'start' : 'run');
}
