import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { writeEnvFile } from '../../scripts/production/env-file';

/** `steward.env` of the production shape. */

const folder = mkdtempSync(join(tmpdir(), "steward's env-"));
const file = join(folder, 'steward.env');
afterAll(() => rmSync(folder, { recursive: true }));

/** What a shell that has taken the settings in hands on to its programs. */
function taken(command: string): Record<string, string> {
  const script = `${command}; exec "$0" -p 'JSON.stringify(process.env)'`;
  const told = execFileSync('/bin/sh', ['-c', script, process.execPath], { env: {}, encoding: 'utf8' });
  return JSON.parse(told) as Record<string, string>;
}

const SETTINGS = {
  DATABASE_URL: 'postgres://postgres@127.0.0.1:15432/steward?a=1&b=$HOME',
  STEWARD_MASTER_KEYS: 'a1:kC+/=,b2:kD+/=',
  SMTP_URL: "smtp://it's:`id`@127.0.0.1",
  STEWARD_ORDER_LINK: 'http://127.0.0.1/v1/orders/{orderId}',
};

test('a shell takes the settings from it as they are, and nothing else of the environment', () => {
  const others = { PATH: '/nowhere', AWS_SECRET_ACCESS_KEY: 'of others', JWT_JWKS_URL: undefined };
  expect(taken(writeEnvFile(file, { ...SETTINGS, ...others }))).toMatchObject(SETTINGS);
  expect(readFileSync(file, 'utf8')).not.toMatch(/nowhere|of others|JWT/);
});

test('only its owner reads it, also where one stood that others could read', () => {
  writeFileSync(file, 'KUAIDI100_KEY=old', { mode: 0o644 });
  writeEnvFile(file, { JWT_SECRET: 'x' });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(parseEnv(readFileSync(file, 'utf8'))).toEqual({ JWT_SECRET: 'x' });
});
