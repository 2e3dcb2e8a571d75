import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../db/connect';
import { lockFolder } from '../../db/folder-lock';
import { migrate } from '../../db/migrate';
import { putSeller } from '../../db/sellers';
import { generateKeys } from '../../workers/generate-keys';
import { masterKeys } from '../../workers/keys';
import { SECRETS } from '../support/orders';
import { steward } from './steward';

/** `steward keys …` on what `steward up` left. */
let folder: string;
let env: Record<string, string>;
let oldKey: string;
const NEXT = `next:${Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('base64')}`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'steward-keys-'));
  const keys = await generateKeys(folder);
  oldKey = keys.STEWARD_MASTER_KEYS;
  env = { STEWARD_STATE: folder };
  const opened = await openDatabase({ folder: join(folder, 'pglite') });
  await migrate(opened.db);
  const { email, accessKey } = SECRETS;
  await putSeller(opened.db, masterKeys(keys), 'S1', { name: 'S', email, language: 'zh', accessKey });
  await opened.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

const withMaster = (keys: string) => ({ env: { ...env, STEWARD_MASTER_KEYS: keys } });
const idOf = (key: string) => key.slice(0, key.indexOf(':'));

test('a made key fits its setting, and is another each time', async () => {
  const { stdout } = await steward(['keys', 'make', 'master']);
  expect(stdout).toMatch(/^[0-9a-f]{8}:[A-Za-z0-9+/]{43}=\n$/);
  expect(() => masterKeys({ STEWARD_MASTER_KEYS: stdout })).not.toThrow();
  expect((await steward(['keys', 'make', 'master'])).stdout).not.toBe(stdout);
  expect((await steward(['keys', 'make', 'webhook'])).stdout).toMatch(/^whsec_/);
});

test('the way of a master key: still needed, moved, may go; one that is gone is named', async () => {
  const before = await steward(['keys', 'status'], withMaster(`${NEXT},${oldKey}`));
  expect(before.stdout).toMatch(/^next +0 +encrypts/m);
  expect(before.stdout).toMatch(
    new RegExp(`^${idOf(oldKey)} +1 +still needed: "steward keys reencrypt"`, 'm'),
  );
  expect(before.exitCode).toBe(0);

  const early = await steward(['keys', 'status'], withMaster(NEXT));
  expect(early.stdout).toMatch(new RegExp(`^${idOf(oldKey)} +1 +MISSING: add it again`, 'm'));
  expect(early.exitCode).toBe(1);
  const lost = await steward(['keys', 'reencrypt'], withMaster(NEXT));
  expect(lost.stdout).toContain(
    `1 of sellers.access_key_encrypted stay as they are: Setting STEWARD_MASTER_KEYS`,
  );
  expect(lost.exitCode).toBe(1);

  const moved = await steward(['keys', 'reencrypt'], withMaster(`${NEXT},${oldKey}`));
  expect(moved).toEqual({
    stdout: '1 values moved to the first master key.\n',
    stderr: 'sellers.access_key_encrypted: 1 moved\n',
    exitCode: 0,
  });
  const after = await steward(['keys', 'status'], withMaster(`${NEXT},${oldKey}`));
  expect(after.stdout).toMatch(
    new RegExp(`^${idOf(oldKey)} +0 +nothing stands under it: it can be taken out`, 'm'),
  );
  expect((await steward(['keys', 'status'], withMaster(NEXT))).exitCode).toBe(0);
});

test('while "steward up" works on its folder it is left alone', async () => {
  const lock = await lockFolder(join(folder, 'pglite'));
  const { stderr, exitCode } = await steward(['keys', 'status'], { env });
  await lock.release();
  expect(stderr).toMatch(new RegExp(`^DATABASE_LOCKED: Process ${process.pid} works on`));
  expect(exitCode).toBe(1);
});

test('where nothing is stored nothing is made', async () => {
  const settings = {
    STEWARD_STATE: join(folder, 'nothing'),
    STEWARD_MASTER_KEYS: NEXT,
    STEWARD_CODEC_KEYS: NEXT,
  };
  const { stderr, exitCode } = await steward(['keys', 'status'], { env: settings });
  expect(stderr).toMatch(/^CONFIG_INVALID: Setting DATABASE_URL: missing, and "steward up"/);
  expect(exitCode).toBe(1);
});
