import { openAndRecent } from '../../cli/replay/replay-namespace';
import { settlementWorkflowId } from '../../domain/ids';
import { steward } from '../cli/steward';
import { eventually } from '../support/eventually';
import { expectSound } from '../support/history-checks';
import { LiveRig } from '../support/live-rig';
import { startSettlementWorker } from '../support/settlement-worker';
import { TameLedger } from '../support/tame-ledger';
import { temporalOf } from './builds';

/** A billing run that began in build A ends there, though B takes everything else meanwhile. */

const SLOW = 120_000;
const KEY = { site: 'china', period: '202601' } as const;
const stops: (() => Promise<void>)[] = [];
let rig: LiveRig;

beforeAll(async () => {
  rig = await LiveRig.start();
});
afterAll(async () => {
  for (const stop of stops) await stop();
  await rig.end();
});

async function makeCurrent(buildId: string): Promise<void> {
  const tell = () => steward(['release', 'current', buildId], { env: temporalOf(rig) });
  await eventually(tell, ({ exitCode }) => exitCode === 0, SLOW);
}

test('a run is pinned to its build, and the gate of another one passes it over', async () => {
  const { client } = rig.runtime;
  const ledger = new TameLedger(100);
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  const { activities } = ledger;
  const billSellers: typeof activities.billSellers = async (page) => {
    if (page.after !== null) await held;
    return activities.billSellers(page);
  };
  stops.push(await startSettlementWorker(rig.runtime, { ...activities, billSellers }, 'A'));
  await makeCurrent('A');
  const workflowId = settlementWorkflowId(KEY);
  const run = await client.workflow.start('settlement', {
    ...{ workflowId, taskQueue: 'settlement', args: [KEY] },
  });
  const billed = () => Promise.resolve(ledger.billed.length);
  await eventually(billed, (sellers) => sellers > 0, SLOW);

  stops.push(await startSettlementWorker(rig.runtime, activities, 'B'));
  await makeCurrent('B');
  const listed = async (query: string) => {
    const found: string[] = [];
    for await (const one of client.workflow.list({ query })) found.push(one.workflowId);
    return found;
  };
  const pinned = 'TemporalWorkflowVersioningBehavior = "Pinned"';
  await eventually(
    () => listed(pinned),
    (found) => found.includes(workflowId),
  );
  expect(await listed(openAndRecent(3_600))).toEqual([]);

  goOn();
  await run.result();
  const history = await run.fetchHistory();
  const builds = (history.events ?? []).flatMap(({ workflowTaskCompletedEventAttributes: task }) =>
    task ? [task.deploymentVersion?.buildId] : [],
  );
  expect(new Set(builds)).toEqual(new Set(['A']));
  expect(new Set(ledger.billed).size).toBe(100);
  await expectSound(history, workflowId);
}, 300_000);

test('runs of workers that are of no build are looked at by the gate', async () => {
  for (const stop of stops.splice(0)) await stop();
  const query = openAndRecent(3_600);
  const { client } = rig.runtime;
  const unversioned = await client.workflow.start('settlementPreview', {
    ...{ workflowId: 'waits-for-a-worker', taskQueue: 'settlement', args: [KEY] },
  });
  const found = async () => {
    const ids: string[] = [];
    for await (const { workflowId } of client.workflow.list({ query })) ids.push(workflowId);
    return ids;
  };
  expect(await eventually(found, (ids) => ids.length > 0)).toEqual(['waits-for-a-worker']);
  await unversioned.terminate();
});
