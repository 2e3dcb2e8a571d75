import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeys } from '../../workers/generate-keys';
import type { KeySetting } from '../../workers/keys';
import { apiSettings, readSettings, workerSettings } from '../../workers/settings';

const home = mkdtempSync(join(tmpdir(), 'steward-keys-'));
afterAll(() => rmSync(home, { recursive: true }));

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const secrets: Record<KeySetting, string> = {
  STEWARD_MASTER_KEYS: `m2:${key(2)},m1:${key(1)}`,
  STEWARD_CODEC_KEYS: `c1:${key(3)}`,
  JWT_SECRET: 'x'.repeat(32),
  PLATFORM_WEBHOOK_SECRET: `whsec_${key(4)}`,
};

const outside = {
  PLATFORM_URL: 'https://platform.example',
  SMTP_URL: 'smtps://mail.example',
  STEWARD_ORDER_LINK: 'https://market.example/orders/{orderId}',
};
const complete = { ...secrets, ...outside };

test('all keys are read, the newest one encrypts', () => {
  const { keys, auth } = readSettings(complete);
  expect(keys.master.encrypt(Buffer.from('a'), 'here').keyId).toBe('m2');
  expect(keys.codec.encrypt(Buffer.from('a'), 'here').keyId).toBe('c1');
  expect(auth.secret).toBe(complete.JWT_SECRET);
  expect(keys.webhookSecret).toBe(complete.PLATFORM_WEBHOOK_SECRET);
});

test.each(Object.keys(secrets) as KeySetting[])('without %s nothing starts, and it is named', (setting) => {
  for (const value of [undefined, '']) {
    expect(() => readSettings({ ...complete, [setting]: value })).toThrow(
      expect.objectContaining({
        code: 'KEY_MISSING',
        message: expect.stringContaining(`Setting ${setting} is missing`) as string,
      }) as Error,
    );
  }
});

test('tokens may be verified by a key server instead', () => {
  const env = { ...complete, JWT_SECRET: undefined, JWT_JWKS_URL: 'https://id.example/keys' };
  expect(readSettings(env).auth).toMatchObject({ secret: undefined, jwksUrl: env.JWT_JWKS_URL });
});

test('each process needs only what it works with', () => {
  const { JWT_SECRET, PLATFORM_WEBHOOK_SECRET, ...shared } = secrets;
  const worker = { ...shared, ...outside, PLATFORM_WEBHOOK_SECRET };
  expect(workerSettings(worker)).toMatchObject({ platformUrl: outside.PLATFORM_URL });
  expect(apiSettings({ ...shared, JWT_SECRET })).toMatchObject({ auth: { secret: JWT_SECRET } });
});

test.each<[KeySetting, string]>([
  ['STEWARD_MASTER_KEYS', `m1:${Buffer.alloc(16, 1).toString('base64')}`],
  ['STEWARD_CODEC_KEYS', 'no-colon-in-this-one'],
  ['JWT_SECRET', 'y'.repeat(31)],
  ['PLATFORM_WEBHOOK_SECRET', key(4)],
  ['PLATFORM_WEBHOOK_SECRET', `whsec_${Buffer.alloc(23, 1).toString('base64')}`],
  ['PLATFORM_WEBHOOK_SECRET', `whsec_${Buffer.alloc(65, 1).toString('base64')}`],
])('%s that is malformed is refused by name, its value untold', (setting, value) => {
  const refused = expect.objectContaining({
    code: 'CONFIG_INVALID',
    message: expect.stringMatching(`^Setting ${setting}: is`) as string,
  }) as Error;
  expect(() => readSettings({ ...complete, [setting]: value })).toThrow(refused);
  const untold = expect.objectContaining({ message: expect.not.stringContaining(value) as string }) as Error;
  expect(() => readSettings({ ...complete, [setting]: value })).toThrow(untold);
});

test('keys are made once, for the owner only, and are the same at the next start', async () => {
  const folder = join(home, 'state');
  const made = await generateKeys(folder);
  expect(() => readSettings({ ...complete, ...made })).not.toThrow();
  expect(await generateKeys(folder)).toEqual(made);
  expect(readdirSync(folder)).toEqual(['keys.json']);
  expect(statSync(join(folder, 'keys.json')).mode & 0o777).toBe(0o600);
  expect(await generateKeys(join(home, 'another'))).not.toEqual(made);
});

test('of many starts at once all get the same keys', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => generateKeys(join(home, 'race'))));
  expect(new Set(all.map((keys) => JSON.stringify(keys))).size).toBe(1);
  expect(readdirSync(join(home, 'race'))).toEqual(['keys.json']);
});

test('a damaged file is left alone and not quoted', async () => {
  const folder = join(home, 'damaged');
  await generateKeys(folder);
  const file = join(folder, 'keys.json');
  const half = readFileSync(file, 'utf8').slice(0, 90);
  writeFileSync(file, half);
  await expect(generateKeys(folder)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.not.stringContaining(half.slice(30, 60)) as string,
  });
  expect(readFileSync(file, 'utf8')).toBe(half);
});
