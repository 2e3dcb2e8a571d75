import { StewardError } from '../domain/errors';
import { Keyring } from '../db/keyring';

/** The settings that are secrets, and what each is for: said when it is missing. */
export const KEY_SETTINGS = {
  STEWARD_MASTER_KEYS:
    'it encrypts stored data; id:base64 of 32 bytes, the first encrypts, separated by commas',
  STEWARD_CODEC_KEYS:
    'it encrypts workflow payloads; id:base64 of 32 bytes, the first encrypts, separated by commas',
  JWT_SECRET:
    'it verifies bearer tokens, at least 32 bytes each, the first signs, separated by commas (or set JWT_JWKS_URL)',
  PLATFORM_WEBHOOK_SECRET:
    'it signs what goes to the platform; whsec_ and base64 of 24 to 64 bytes, several separated by commas',
} as const;
export type KeySetting = keyof typeof KEY_SETTINGS;

/** Where settings come from: `process.env`, or `generateKeys` with the environment over it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The keys that workers and the API share. */
export interface SharedKeys {
  master: Keyring;
  codec: Keyring;
}

/** The keys of a worker. */
export interface WorkerKeys extends SharedKeys {
  webhookSecret: string;
}

/** Reads the shared keys. Throws `KEY_MISSING` or `CONFIG_INVALID` with the setting's name, never its value. */
export function sharedKeys(env: Environment): SharedKeys {
  return { master: masterKeys(env), codec: codecKeys(env) };
}

/** Reads the keys of a worker. Throws as `sharedKeys` does. */
export function workerKeys(env: Environment): WorkerKeys {
  return { ...sharedKeys(env), webhookSecret: webhookSecret(env) };
}

/** For workers and the API: what is encrypted in SQL. */
export function masterKeys(env: Environment): Keyring {
  return Keyring.parse('STEWARD_MASTER_KEYS', required(env, 'STEWARD_MASTER_KEYS'));
}

/** For workers, clients and the codec endpoint: payloads and failures in histories. */
export function codecKeys(env: Environment): Keyring {
  return Keyring.parse('STEWARD_CODEC_KEYS', required(env, 'STEWARD_CODEC_KEYS'));
}

/** For the API. Undefined when `JWT_JWKS_URL` is set and there is no secret. */
export function jwtSecret(env: Environment): string | undefined {
  if (env['JWT_JWKS_URL'] && !env['JWT_SECRET']) return undefined;
  const secret = required(env, 'JWT_SECRET');
  if (listed(secret).some((one) => Buffer.byteLength(one) < 32))
    throw invalid('JWT_SECRET', 'is shorter than 32 bytes, or one of several is');
  return secret;
}

/** For workers: the Standard Webhooks secrets, separated by commas; the platform has one of them. */
export function webhookSecret(env: Environment): string {
  const secret = required(env, 'PLATFORM_WEBHOOK_SECRET');
  if (!listed(secret).every(isWebhookSecret))
    throw invalid(
      'PLATFORM_WEBHOOK_SECRET',
      'is not whsec_ and base64 of 24 to 64 bytes, or one of several is not',
    );
  return secret;
}

function isWebhookSecret(secret: string): boolean {
  const base64 = /^whsec_([A-Za-z0-9+/]+=*)$/.exec(secret)?.[1] ?? '';
  const { length } = Buffer.from(base64, 'base64');
  return length >= 24 && length <= 64;
}

/** The entries of a setting that is a list. */
export function listed(setting: string): string[] {
  return setting.split(',').map((entry) => entry.trim());
}

function required(env: Environment, setting: KeySetting): string {
  const value = env[setting];
  if (!value) throw new StewardError('KEY_MISSING', { setting, reason: KEY_SETTINGS[setting] });
  return value;
}

function invalid(setting: KeySetting, reason: string): StewardError {
  return new StewardError('CONFIG_INVALID', { setting, reason });
}
