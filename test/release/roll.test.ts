import type { History } from '@temporalio/common/lib/proto-utils';
import type { Releases } from '../../cli/release/deployment';
import type { Command } from '../../domain/commands';
import type { Role } from '../../domain/parties';
import { steward } from '../cli/steward';
import { eventually } from '../support/eventually';
import { LiveRig } from '../support/live-rig';
import { PROOF } from '../support/supervised';
import { bundleOf, gate, startBuild, temporalOf } from './builds';
import { productionCopy, type ProductionCopy } from './production-copy';

/** An open order goes from build A to build B, which has a patched change, while workers of both run. */

const SLOW = 120_000;
let rig: LiveRig;
let built: ProductionCopy;
let code: Record<'A' | 'B' | 'broken', string>;
const workers = new Map<string, () => Promise<void>>();

beforeAll(async () => {
  built = productionCopy();
  rig = await LiveRig.start({ windows: 'standard' });
  await rig.stopWorker();
  code = {
    A: await bundleOf(require.resolve('../../workflows')),
    B: await bundleOf(require.resolve('./patched-twin')),
    broken: await bundleOf(require.resolve('../replay/broken-twin')),
  };
}, 300_000);

afterAll(async () => {
  for (const stop of workers.values()) await stop();
  await rig.end();
  built.remove();
});

async function start(buildId: keyof typeof code): Promise<void> {
  workers.set(buildId, await startBuild(rig, buildId, code[buildId]));
}

/** `steward release …`, repeated until the server has heard of the build's worker. */
async function release(...args: string[]): Promise<Releases> {
  const { stdout } = await eventually(
    () => ask(...args, '--json'),
    ({ exitCode }) => exitCode === 0,
    SLOW,
  );
  return JSON.parse(stdout) as Releases;
}

function ask(...args: string[]) {
  return steward(['release', ...args], { env: temporalOf(rig) });
}

/** Before a worker of the build has run. */
async function expectUnseen(command: string, buildId: string, ...args: string[]): Promise<void> {
  const { stderr, exitCode } = await ask(command, buildId, ...args);
  expect(stderr).toContain(
    `INVALID_REQUEST: no worker of build ${buildId} was seen in deployment steward; start one`,
  );
  expect(exitCode).toBe(1);
}

function give(orderId: string, role: Role, command: Command, data: object = {}, key: string = command) {
  return rig.as(role).post<{ code?: string }>(`/orders/${orderId}/${command}`, data, `${orderId}-${key}`);
}

/** The builds that decided on an order, in order. */
async function buildsOf(orderId: string): Promise<string[]> {
  const events = await eventsOf(orderId);
  const builds = events.flatMap(({ workflowTaskCompletedEventAttributes: task }) =>
    task ? [`${task.deploymentVersion?.deploymentName}:${task.deploymentVersion?.buildId}`] : [],
  );
  return [...new Set(builds)];
}

async function eventsOf(orderId: string): Promise<NonNullable<History['events']>> {
  return (await rig.handle(orderId).fetchHistory()).events ?? [];
}

/** Until the server routes so; it tells its queues of a change one after the other. */
async function placeOn(buildId: string): Promise<string> {
  return eventually(
    async () => {
      const orderId = await rig.place(['open'], { delivery: 'service' });
      await rig.until(orderId, ({ node }) => node === 'SUBMITTING_REQUIREMENT', SLOW);
      return { orderId, builds: await buildsOf(orderId) };
    },
    ({ builds }) => builds.join() === `steward:${buildId}`,
    SLOW,
  ).then(({ orderId }) => orderId);
}

const queryOf = (orderId: string) => ['--query', `OrderId="${orderId}"`];
let order: string;

test('the gate refuses a broken build before its release, passes a patched one, and proves nothing by nothing', async () => {
  await expectUnseen('current', 'A');
  await start('A');
  const unbuilt = { current: null, ramping: null };
  expect(await release('ramp', 'A', '10')).toMatchObject({
    ...unbuilt,
    ramping: { buildId: 'A', percent: 10 },
  });
  expect(await release('ramp', 'A', '0')).toMatchObject(unbuilt);
  expect(await release('current', 'A')).toMatchObject({ current: 'A', ramping: null });
  order = await placeOn('A');

  const find = () => gate(built, rig, code.B, queryOf(order));
  const passed = await eventually(find, ({ result }) => result !== null, SLOW);
  expect(passed).toMatchObject({ exitCode: 0, result: { replayed: 1, failures: [] } });
  const { exitCode, result } = await gate(built, rig, code.broken, ['--open', '--concurrency', '2']);
  expect({ exitCode, all: result?.failures.length === result?.replayed }).toEqual({ exitCode: 1, all: true });
  expect(result?.failures).toContainEqual({
    workflowId: rig.handle(order).workflowId,
    runId: (await rig.handle(order).describe()).runId,
    error: expect.stringContaining('TMPRL1100') as string,
  });

  const nothing = await gate(built, rig, code.B, queryOf('CS-NONE'));
  expect(nothing).toMatchObject({ exitCode: 1, result: null });
  expect(nothing.stderr).toContain('INVALID_REQUEST: no run matches OrderId="CS-NONE"');
}, 300_000);

test('an open order goes on in build B while A still runs; what B began does not go back to A', async () => {
  await expectUnseen('ramp', 'B', '10');
  await start('B');
  const tried = { current: 'A', ramping: { buildId: 'B', percent: 10 } };
  expect(await release('ramp', 'B', '10')).toMatchObject(tried);
  const mistaken = await ask('ramp', 'A', '0');
  expect(mistaken.stderr).toContain('INVALID_REQUEST: not A, but B is tried, and takes 10 %');
  expect(await release('list')).toMatchObject(tried);
  const untried = { current: 'A', ramping: null };
  expect(await release('ramp', 'B', '0')).toMatchObject(untried);
  expect(await release('ramp', 'B', '0')).toMatchObject(untried);
  expect(await release('ramp', 'B', '10')).toMatchObject(tried);
  expect(await release('current', 'B')).toMatchObject({ current: 'B', ramping: null });
  const younger = await placeOn('B');

  const submitted = await give(order, 'buyer', 'submit-requirement', { requirement: 'Ten seats' });
  expect(submitted.status).toBe(200);
  expect(await buildsOf(order)).toEqual(['steward:A', 'steward:B']);

  const find = () => gate(built, rig, code.A, queryOf(younger));
  const back = await eventually(find, ({ result }) => result !== null, SLOW);
  expect(back).toMatchObject({
    exitCode: 1,
    result: { failures: [{ workflowId: rig.handle(younger).workflowId }] },
  });
  expect(await gate(built, rig, code.A, queryOf(order))).toMatchObject({ exitCode: 0 });
}, 300_000);

test('a broken build that was released stops the order, loses nothing, and the build before takes it on', async () => {
  await start('broken');
  await release('current', 'broken');
  await placeOn('broken');

  const refused = await give(order, 'seller', 'confirm-requirement');
  expect(refused).toMatchObject({ status: 503, body: { code: 'TRY_AGAIN' } });
  const failed = await eventually(
    async () => (await eventsOf(order)).flatMap((event) => event.workflowTaskFailedEventAttributes ?? []),
    (failures) => failures.length > 0,
    SLOW,
  );
  expect(failed[0]?.failure?.message).toContain('TMPRL1100');
  expect((await rig.handle(order).describe()).status.name).toBe('RUNNING');

  expect(await release('current', 'B')).toMatchObject({ current: 'B' });
  const go = () => give(order, 'seller', 'confirm-requirement');
  await eventually(go, ({ status }) => status === 200, SLOW);
  expect((await give(order, 'seller', 'deliver', { proof: PROOF })).status).toBe(200);
  expect((await give(order, 'buyer', 'accept')).status).toBe(200);
  expect(await rig.ended(order)).toMatchObject({ status: 'COMPLETED' });
  expect(await buildsOf(order)).toEqual(['steward:A', 'steward:B']);
  expect(await gate(built, rig, code.B, queryOf(order))).toMatchObject({ exitCode: 0 });
}, 300_000);
