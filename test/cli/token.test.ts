import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthenticator } from '../../api/auth';
import { generateKeys } from '../../workers/generate-keys';
import { steward, stewardProcess } from './steward';

/** `steward token`: what it prints must open the API. */

const SECRET = 'a-test-secret-of-more-than-32-bytes';
const OPERATOR = ['token', '--role', 'operator', '--party', 'ops-1'];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'steward-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const party = (token: string, settings: { secret: string; issuer?: string; audience?: string }) =>
  createAuthenticator({ issuer: 'steward', audience: 'steward', ...settings })(`Bearer ${token.trim()}`);

function claims(token: string): { iat: number; exp: number } {
  return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as {
    iat: number;
    exp: number;
  };
}

test('is signed with JWT_SECRET and taken by the API, for an hour', async () => {
  const { stdout, stderr, exitCode } = await steward(OPERATOR, {
    env: { JWT_SECRET: SECRET, STEWARD_STATE: folder },
  });
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  expect(await party(stdout, { secret: SECRET })).toEqual({ role: 'operator', sub: 'ops-1' });
  const { iat, exp } = claims(stdout);
  expect(exp - iat).toBe(3_600);
});

test('issuer, audience and time to live can be others', async () => {
  const env = { JWT_SECRET: SECRET, JWT_ISSUER: 'i', JWT_AUDIENCE: 'a', STEWARD_STATE: folder };
  const { stdout } = await steward([...OPERATOR, '--ttl', '90s', '--json'], { env });
  const { token, ...rest } = JSON.parse(stdout) as { token: string };
  expect(rest).toEqual({ role: 'operator', party: 'ops-1', expiresIn: 90 });
  expect(await party(token, { secret: SECRET, issuer: 'i', audience: 'a' })).toMatchObject({ sub: 'ops-1' });
  const { iat, exp } = claims(token);
  expect(exp - iat).toBe(90);
});

test('without JWT_SECRET it takes the key of "steward up" in the state folder', async () => {
  const { JWT_SECRET: secret } = await generateKeys(folder);
  const { stdout } = await stewardProcess(OPERATOR, { env: { STEWARD_STATE: folder } });
  expect(await party(stdout, { secret })).toMatchObject({ role: 'operator' });
});

test('without any key it says what to do, and makes none', async () => {
  const state = join(folder, 'none');
  const { stdout, stderr, exitCode } = await steward(OPERATOR, { env: { STEWARD_STATE: state } });
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
  expect(stderr).toMatch(/^KEY_MISSING: Setting JWT_SECRET.*\nNext: .*STEWARD_STATE/);
  // It would fail if the folder had been made.
  mkdirSync(state);
});

test('a short secret, and a state folder with broken keys, are refused without telling them', async () => {
  const short = await steward(OPERATOR, { env: { JWT_SECRET: 'short-secret', STEWARD_STATE: folder } });
  expect(short.stderr).toMatch(/^CONFIG_INVALID: Setting JWT_SECRET: /);
  writeFileSync(join(folder, 'keys.json'), '{"JWT_SECRET": "half of a sec');
  const broken = await steward(OPERATOR, { env: { STEWARD_STATE: folder } });
  expect(broken.stderr).toMatch(/^CONFIG_INVALID: .*keys\.json/);
  expect(short.stderr + broken.stderr).not.toMatch(/short-secret|half of/);
});

test.each([
  [['--role', 'admin', '--party', 'x'], 2, /Allowed choices are platform, seller/],
  [['--role', 'seller'], 2, /required option '--party <id>'/],
  [['--role', 'seller', '--party', 'x', '--ttl', '1w'], 2, /90s, 30m, 1h or 7d/],
  [['--role', 'seller', '--party', 'x', '--ttl', '0s'], 2, /90s, 30m, 1h or 7d/],
  [['--role', 'seller', '--party', 'x y'], 1, /^INVALID_REQUEST: --party/],
])('%j is refused', async (options, code, told) => {
  const { stdout, stderr, exitCode } = await steward(['token', ...options], { env: { JWT_SECRET: SECRET } });
  expect(stderr).toMatch(told);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: code });
});
