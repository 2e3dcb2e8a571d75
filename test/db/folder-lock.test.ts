import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileLock } from '../../db/file-lock';
import { lockFolder } from '../../db/folder-lock';
import { processStart } from '../../db/process-life';

const home = mkdtempSync(join(tmpdir(), 'steward-lock-'));
const folder = join(home, 'database');
const file = `${folder}.lock`;
afterEach(() => {
  for (const name of readdirSync(home)) rmSync(join(home, name));
});
afterAll(() => rmSync(home, { recursive: true }));

/** Of many that ask at once: the locks that were given, and the codes of the refusals. */
async function race(n: number): Promise<{ locks: FileLock[]; refusals: string[] }> {
  const all = await Promise.allSettled(Array.from({ length: n }, () => lockFolder(folder)));
  const locks = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const refusals = all.flatMap((one) =>
    one.status === 'rejected' ? [(one.reason as { code: string }).code] : [],
  );
  return { locks, refusals };
}

const deadPid = (): number => spawnSync('true').pid;
const leaveLock = (pid: number, start: string | null, path = file, token = 'left-behind') =>
  writeFileSync(path, JSON.stringify({ pid, start, token }));

test('of 30 that ask at once one gets the lock', async () => {
  const { locks, refusals } = await race(30);
  expect(locks).toHaveLength(1);
  expect(refusals).toEqual(Array(29).fill('DATABASE_LOCKED'));
});

test('of 30 that find a dead process’s lock at once one takes it over, in each of 20 rounds', async () => {
  for (let round = 0; round < 20; round++) {
    leaveLock(deadPid(), null);
    const { locks, refusals } = await race(30);
    expect(locks).toHaveLength(1);
    expect(refusals).toEqual(Array(29).fill('DATABASE_LOCKED'));
    await locks[0]!.release();
    expect(readdirSync(home)).toEqual([]);
  }
});

test('a process that died while it took over is no obstacle', async () => {
  leaveLock(deadPid(), null);
  leaveLock(deadPid(), null, `${file}.left-behind.takeover`, 'also-left-behind');
  const { locks } = await race(10);
  expect(locks).toHaveLength(1);
});

// Other systems do not tell when a process started.
if (process.platform === 'linux') {
  test('a pid that was given to another process since is no obstacle', async () => {
    const start = await processStart(process.pid);
    expect(start).not.toBeNull();
    leaveLock(process.pid, `${start}0`);
    expect((await race(1)).locks).toHaveLength(1);
  });
}

test('where start times are unknown a process with that pid counts as the holder', async () => {
  leaveLock(process.pid, null);
  await expect(lockFolder(folder)).rejects.toThrow(`Process ${process.pid} works on ${folder}`);
});

test('a released lock is free, and releasing again does not free the next holder’s', async () => {
  const first = await lockFolder(folder);
  await first.release();
  await lockFolder(`${folder}/`);
  const held = readFileSync(file, 'utf8');
  await first.release();
  expect(readFileSync(file, 'utf8')).toBe(held);
});
