import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../db/connect';
import { migrate } from '../../db/migrate';
import { getOrder } from '../../db/order-lines';
import { createTestDatabase } from '../support/database';

const home = mkdtempSync(join(tmpdir(), 'steward-connect-'));
const folder = join(home, 'database');
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

/** Resolves when the child has registered an order. */
async function startProcess(place: string) {
  const file = join(__dirname, 'database-process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', file, place], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  expect(await answerOf(child)).toBe('new');
  return child;
}

/** What it says next; empty when it ends instead. */
async function answerOf(child: ChildProcess): Promise<string> {
  const said = once(child.stdout!, 'data').then(([data]) => String(data).trim());
  return Promise.race([said, once(child, 'exit').then(() => '')]);
}

test('a folder belongs to one process; after a kill -9 the next one has its rows', async () => {
  const child = await startProcess(folder);
  await expect(openDatabase({ folder })).rejects.toMatchObject({
    code: 'DATABASE_LOCKED',
    message: expect.stringContaining(`Process ${child.pid} works on ${folder}`) as string,
  });
  child.kill('SIGKILL');
  await once(child, 'exit');

  const database = await openDatabase({ folder });
  await migrate(database.db);
  expect(await getOrder(database.db, `O-${child.pid}`)).toHaveLength(1);
  await expect(openDatabase({ folder })).rejects.toMatchObject({ code: 'DATABASE_LOCKED' });
  await database.close();
  expect(existsSync(`${folder}.lock`)).toBe(false);
  expect(statSync(folder).mode & 0o077).toBe(0);
});

test('without a place there is no database', async () => {
  await expect(openDatabase({ url: '' })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
});

describe('PostgreSQL', () => {
  const silent: Server = createServer();
  beforeAll(async () => {
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
  });
  afterAll(() => silent.close());

  test('a server that never answers is given up after 5 s, and its password is not told', async () => {
    const url = `postgres://steward:pass-word@127.0.0.1:${(silent.address() as AddressInfo).port}/steward`;
    const started = Date.now();
    const error: unknown = await openDatabase({ url }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      status: 503,
      message: expect.not.stringContaining('pass-word') as string,
    });
    expect(Date.now() - started).toBeLessThan(10_000);
  });

  if (process.env['STEWARD_TEST_DATABASE'] === 'postgres') {
    test('five processes that start at once migrate once, and again changes nothing', async () => {
      const { url, drop } = await createTestDatabase();
      const opened = await Promise.all(Array.from({ length: 5 }, () => openDatabase({ url })));
      await Promise.all(opened.map(({ db }) => migrate(db)));
      await migrate(opened[0]!.db);
      expect(await getOrder(opened[0]!.db, 'O')).toEqual([]);
      await Promise.all(opened.map(({ close }) => close()));
      await drop();
    });

    test('a process lives on when the server ends its connections', async () => {
      const { url, drop } = await createTestDatabase();
      const child = await startProcess(url);
      const { db, close } = await openDatabase({ url });
      await db.execute(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()`,
      );
      child.stdin.write('again\n');
      expect(await answerOf(child)).toBe('repeated');
      child.kill('SIGKILL');
      await close();
      await drop();
    });
  }
});
