import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { openDatabase } from '../../db/connect';
import { lockFolder } from '../../db/folder-lock';
import { migrate } from '../../db/migrate';
import { at, complete, run } from '../db/ledger/world';
import { steward } from './steward';

/** `steward ledger check` on what `steward up` left. */

let folder: string;
let pglite: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'steward-ledger-'));
  pglite = join(folder, 'pglite');
  const { db, close } = await openDatabase({ folder: pglite });
  await migrate(db);
  await complete(db, 'CL-1', at('10-01T00:00:00'));
  await run(db, { site: 'china', period: '202610' });
  await close();
});
afterAll(() => rmSync(folder, { recursive: true }));

const check = (...args: string[]) =>
  steward(['ledger', 'check', ...args], { env: { STEWARD_STATE: folder } });

test('a clean ledger is told so, with exit code 0', async () => {
  expect(await check()).toEqual({
    stdout: 'The ledger is clean: everything balances, nothing is missing, nothing is there twice.\n',
    stderr: '',
    exitCode: 0,
  });
  expect(JSON.parse((await check('--json')).stdout)).toEqual({ ok: true, findings: [] });
});

test('while "steward up" works on its folder it is left alone', async () => {
  const lock = await lockFolder(pglite);
  const { stderr, exitCode } = await check();
  await lock.release();
  expect(stderr).toMatch(new RegExp(`^DATABASE_LOCKED: Process ${process.pid} works on`));
  expect(exitCode).toBe(1);
});

test('where nothing is stored nothing is made', async () => {
  const env = { STEWARD_STATE: join(folder, 'nothing') };
  const { stderr, exitCode } = await steward(['ledger', 'check'], { env });
  expect(stderr).toMatch(/^CONFIG_INVALID: Setting DATABASE_URL: missing, and "steward up"/);
  expect(exitCode).toBe(1);
});

test('a damaged ledger is told by what is wrong with what, with exit code 1', async () => {
  const { db, close } = await openDatabase({ folder: pglite });
  await db.execute(sql`update bills set gross_minor = gross_minor + 1`);
  await close();
  const { stdout, exitCode } = await check();
  expect(stdout).toMatch(
    /^FINDING +OF +WHAT IS WRONG\nBILL_DISAGREES +S1\/202610\/china\/general\/CNY +the bill is not/,
  );
  expect(exitCode).toBe(1);
  const json = await check('--json');
  expect(json.exitCode).toBe(1);
  expect(JSON.parse(json.stdout)).toEqual({
    ok: false,
    findings: [{ kind: 'BILL_DISAGREES', of: 'S1/202610/china/general/CNY' }],
  });
});
