import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { findDevServerExecutable, freePort, startDevServer } from '../../workers/servers';
import { openOutput } from '../../workers/servers/output';
import { startSupervised } from '../../workers/servers/supervised';

/** Running the dev server, for real. */

const ROOT = join(__dirname, '../..');
const namespace = 'servers-test';
let folder: string;
let executable: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'steward-servers-'));
  ({ executable } = await findDevServerExecutable());
});

afterAll(() => rmSync(folder, { recursive: true }));

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(50);
}

/** A process that starts a server, tells the server's pid, and lives until it is killed. */
async function startParent(options: object): Promise<{ parent: ChildProcess; pid: number }> {
  const script = `require('./workers/servers').startDevServer(${JSON.stringify(options)})
    .then(({ pid }) => { console.log(pid); setInterval(() => {}, 1000); });`;
  const parent = spawn(process.execPath, ['--import', 'tsx', '--eval', script], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [pid] = (await once(parent.stdout, 'data')) as [Buffer];
  return { parent, pid: Number(pid) };
}

test('it answers with its namespace and its UI, and stop() leaves no process', async () => {
  const server = await startDevServer({ executable, namespace, headless: false });
  const connection = await Connection.connect({ address: server.address });
  const { namespaceInfo } = await connection.workflowService.describeNamespace({ namespace });
  expect(namespaceInfo?.name).toBe(namespace);
  await connection.close();
  expect((await fetch(String(server.uiUrl))).status).toBe(200);

  await server.stop();
  expect(isAlive(server.pid)).toBe(false);
  await server.stop();
});

test('a busy port is named with the way to change it', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  const { port } = squatter.address() as AddressInfo;
  const options = { executable, namespace, portOptions: { port: '--temporal-port', uiPort: '--ui-port' } };

  await expect(startDevServer({ ...options, port })).rejects.toMatchObject({
    code: 'PORT_BUSY',
    message: `Port ${port} (Temporal dev server) is in use; choose another with --temporal-port`,
  });
  await expect(startDevServer({ ...options, uiPort: port })).rejects.toMatchObject({
    code: 'PORT_BUSY',
    message: `Port ${port} (Temporal UI) is in use; choose another with --ui-port`,
  });
  squatter.close();
});

test('a failed start tells the last words of the server', async () => {
  const dynamicConfig = { 'no.such': '{' };
  await expect(startDevServer({ executable, namespace, dynamicConfig })).rejects.toThrow(
    /^Temporal dev server failed: it ended while starting\n.*no\.such/s,
  );
  await expect(startDevServer({ executable: join(folder, 'nothing'), namespace })).rejects.toThrow(
    /^Temporal dev server failed: .*ENOENT/,
  );
});

test('a server that is killed says so', async () => {
  const server = await startDevServer({ executable, namespace });
  process.kill(server.pid, 'SIGKILL');
  expect(await server.exited).toBe(137);
});

test('it dies with its parent, and the next one takes over port and file at once', async () => {
  const options = { executable, namespace, port: await freePort(), dbFile: join(folder, 'temporal.db') };
  const { parent, pid } = await startParent(options);
  parent.kill('SIGKILL');
  await once(parent, 'exit');

  const next = await startDevServer({ ...options, namespace: 'another' });
  expect(isAlive(pid)).toBe(false);
  const connection = await Connection.connect({ address: next.address });
  const kept = await connection.workflowService.describeNamespace({ namespace });
  expect(kept.namespaceInfo?.name).toBe(namespace);
  await connection.close();
  await next.stop();
});

test('it dies with its supervisor', async () => {
  const output = openOutput();
  const server = await startSupervised({ command: 'sleep', args: ['60'], output: output.fd, graceMs: 0 });
  process.kill(server.supervisorPid, 'SIGKILL');
  expect(await server.exited).toBe(137);
  await untilGone(server.pid);
  output.close();
});
