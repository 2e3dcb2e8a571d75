import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { metricNames, samples } from '../support/exposition';
import { eventually } from '../support/eventually';
import { LiveRig } from '../support/live-rig';
import { secretsIn } from '../support/history-checks';

/** What whoever operates a Steward sees of it: /metrics, /healthz and /readyz. */

let rig: LiveRig;
beforeAll(async () => {
  // With the published windows a line stays where it is until the next look: figures of SQL are kept for ten seconds.
  rig = await LiveRig.start({
    windows: 'standard',
    observed: { metricsListen: { host: '127.0.0.1', port: 0 } },
  });
});
afterAll(() => rig.end());
afterEach(() => rig.expectAllSound());

const ask = (path: string): Promise<Response> => fetch(`${rig.runtime.operations!.url}${path}`);
const scrape = async (): Promise<string> => (await ask('/metrics')).text();

test('an order that was opened after a failure is in the figures, by seller, route and node', async () => {
  const orderId = await rig.place(['000005', 'open']);
  const { client } = rig.as('operator');
  await rig.until(orderId, ({ log }) => log.length === 2);
  await client.command(orderId, 'restart-call', {});
  await rig.ended(orderId);
  const text = await eventually(scrape, (seen) =>
    samples(seen, 'steward_order_lines').some(({ labels }) => labels['node'] === 'ENDED'),
  );

  expect(samples(text, 'steward_order_lines')).toEqual([
    { labels: { status: 'COMPLETED', node: 'ENDED', waiting_for: 'nobody' }, value: 1 },
  ]);
  const calls = samples(text, 'steward_seller_calls_total');
  const creates = { seller: 'seller-1', activity: 'newInstance' };
  expect(calls.filter(({ labels }) => labels['activity'] === 'newInstance')).toEqual([
    { labels: { ...creates, outcome: 'RESULT_CODE' }, value: 1 },
    { labels: { ...creates, outcome: 'SUCCEEDED' }, value: 1 },
  ]);
  expect(samples(text, 'steward_seller_call_duration_seconds_count')).toEqual([
    { labels: { seller: 'seller-1' }, value: calls.reduce((sum, { value }) => sum + value, 0) },
  ]);
  expect(samples(text, 'steward_http_request_duration_seconds_count')).toContainEqual({
    labels: { method: 'POST', route: '/v1/orders', code: '201' },
    value: 1,
  });
  expect(samples(text, 'steward_registry_up')).toEqual([{ labels: {}, value: 1 }]);
  expect(samples(text, 'steward_refunds_stuck')).toEqual([{ labels: {}, value: 0 }]);
  expect(metricNames(text)).toContain('temporal_activity_schedule_to_start_latency_seconds_count');
  // A label that named orders would grow for ever, and one of a party would tell who buys.
  expect(text).not.toContain(orderId);
  expect(secretsIn(text, rig.secrets)).toEqual([]);
});

test('an open line is counted where it stands, with the moment at which it goes on by itself', async () => {
  const orderId = await rig.place(['accept:never']);
  const line = await rig.until(orderId, ({ node, dueAt }) => node === 'POLLING' && dueAt !== null);
  expect(line.waitingFor).toBe('seller');
  const text = await eventually(
    scrape,
    (seen) => samples(seen, 'steward_oldest_due_timestamp_seconds').length > 0,
  );
  const [due] = samples(text, 'steward_oldest_due_timestamp_seconds');
  expect(due!.labels['waiting_for']).toBe('seller');
  expect(due!.value).toBeCloseTo(Date.parse(line.dueAt!) / 1_000);
  const refund = { currency: 'CNY', minor: 0 } as const;
  await rig.as('operator').client.command(orderId, 'close', { reason: 'It is measured.', refund });
  await rig.ended(orderId);
});

test('it is ready while its API is', async () => {
  expect((await ask('/healthz')).status).toBe(200);
  const ready = await ask('/readyz');
  expect([ready.status, await ready.json()]).toEqual([200, { api: true, database: true, temporal: true }]);
  await rig.stopApi();
  const stopped = await ask('/readyz');
  expect([stopped.status, await stopped.json()]).toMatchObject([503, { api: false }]);
  expect((await ask('/healthz')).status).toBe(200);
  expect((await ask('/else')).status).toBe(404);
  await rig.startApi();
});

/** Only there once something has failed, or in a process with a worker (test/cli/up.test.ts). */
const NOT_ALWAYS = ['temporal_workflow_task_execution_failed', 'steward_worker_running'];

test.each(['prometheus/rules.yml', 'grafana/steward.json'])('what %s asks for is exposed', async (file) => {
  const text = readFileSync(join(__dirname, '../../deploy', file), 'utf8');
  const asked = new Set(
    [...text.matchAll(/\b(?:steward|temporal|nodejs)_[a-z0-9_]+\b/g)].map(([name]) => name),
  );
  expect(asked.size).toBeGreaterThan(5);
  const exposed = metricNames(await scrape());
  const declared = (await scrape()).matchAll(/^# TYPE (\w+) /gm);
  for (const [, name = ''] of declared) exposed.add(name);
  expect([...asked].filter((name) => !exposed.has(name) && !NOT_ALWAYS.includes(name))).toEqual([]);
});
