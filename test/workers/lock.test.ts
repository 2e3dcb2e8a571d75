import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileLock } from '../../db/file-lock';
import { takeLock } from '../../workers/servers/lock';
import { runProgram } from '../support/run-program';

/** The lock on what several processes fetch or use. */

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'steward-lock-'));
  path = join(folder, 'thing');
});
afterEach(() => rmSync(folder, { recursive: true }));

const deadPid = (): number => spawnSync('true').pid;

/** Takes a lock that nobody holds. */
async function taken(): Promise<FileLock> {
  const lock = await takeLock(path, 0);
  if (typeof lock === 'number') throw new Error(`Process ${lock} holds it`);
  return lock;
}

test('it is held until it is released', async () => {
  const lock = await taken();
  expect(await takeLock(path, 200)).toBe(process.pid);
  await lock.release();
  expect(readdirSync(folder)).toEqual([]);
  await (await taken()).release();
});

test('who waits for it gets it when it is released', async () => {
  const lock = await taken();
  const next = takeLock(path, 60_000);
  await lock.release();
  expect(await next).toMatchObject({ file: lock.file });
});

test('one that was handed on is held by the other process, whatever its first holder does', async () => {
  const lock = await taken();
  await lock.handTo(process.ppid);
  await lock.release();
  expect(await takeLock(path, 0)).toBe(process.ppid);
});

test('of a dead process it is free', async () => {
  await (await taken()).handTo(deadPid());
  await (await taken()).release();
  expect(readdirSync(folder)).toEqual([]);
});

test('of four processes that find it left by a dead one, again and again, never two hold it', async () => {
  const program = `
    const { mkdirSync, rmdirSync } = require('node:fs');
    const { takeLock } = require('./workers/servers/lock');
    const { PATH_TO_LOCK: path, DEAD: dead } = process.env;
    (async () => {
      for (let round = 0; round < 50; round++) {
        const lock = await takeLock(path, 60_000);
        mkdirSync(path); // Fails when it is there: another process holds the lock, too.
        await new Promise((resolve) => setTimeout(resolve, 2));
        rmdirSync(path);
        await lock.handTo(Number(dead));
      }
      console.log('alone');
    })();`;
  const env = { PATH_TO_LOCK: path, DEAD: String(deadPid()) };
  await (await taken()).handTo(Number(env.DEAD));
  const outputs = await Promise.all(Array.from({ length: 4 }, () => runProgram(program, env)));
  expect(outputs).toEqual(Array(4).fill('alone\n'));
});
