import { openOperations } from '../../workers/metrics';
import { openTestDatabase } from '../support/database';
import { metricNames, samples } from '../support/exposition';

/** The listener by itself, without a server or a worker. */

const LISTEN = { host: '127.0.0.1', port: 0 };

test('a database that is away takes its figures along, never the process’s own', async () => {
  const database = await openTestDatabase();
  const operations = await openOperations(LISTEN, database.db);
  await database.close();
  const text = await (await fetch(`${operations.url}/metrics`)).text();
  expect(samples(text, 'steward_registry_up')).toEqual([{ labels: {}, value: 0 }]);
  expect(metricNames(text)).toContain('process_cpu_seconds_total');
  expect(metricNames(text)).not.toContain('steward_mails_waiting');
  await operations.close();
});

test('what starts is alive and not ready; it is ready once each part is', async () => {
  const database = await openTestDatabase();
  const operations = await openOperations(LISTEN, database.db);
  const ready = async (): Promise<number> => (await fetch(`${operations.url}/readyz`)).status;
  expect((await fetch(`${operations.url}/healthz`)).status).toBe(200);
  expect(await ready()).toBe(503);
  let worker = false;
  operations.metrics.worker(() => worker);
  operations.readyWhen(() => Promise.resolve({ worker }));
  expect(await ready()).toBe(503);
  expect(await operations.metrics.text()).toMatch(/^steward_worker_running 0$/m);
  worker = true;
  expect(await ready()).toBe(200);
  expect(await operations.metrics.text()).toMatch(/^steward_worker_running 1$/m);
  await operations.close();
  await database.close();
});

test('an address that is taken is named with its setting', async () => {
  const database = await openTestDatabase();
  const first = await openOperations(LISTEN, database.db);
  const port = Number(new URL(first.url).port);
  await expect(openOperations({ ...LISTEN, port }, database.db)).rejects.toMatchObject({
    code: 'PORT_BUSY',
    message: `Port ${port} (metrics) is in use; choose another with STEWARD_METRICS_LISTEN`,
  });
  await first.close();
  await database.close();
});
