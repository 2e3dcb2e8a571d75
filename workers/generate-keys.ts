import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StewardError } from '../domain/errors';
import type { KeySetting } from './keys';

/**
 * The keys of `steward up`: made once into `keys.json` of the state folder, readable by its owner only, and
 * the same at each later start. The settings of the environment go over them:
 * `readSettings({ ...(await generateKeys(folder)), ...process.env })`.
 */
export async function generateKeys(stateFolder: string): Promise<Record<KeySetting, string>> {
  await mkdir(stateFolder, { recursive: true, mode: 0o700 });
  return (await readKeys(stateFolder)) ?? (await make(fileIn(stateFolder)));
}

/** The keys that `generateKeys` made in this folder; undefined before `steward up` first started there. */
export function readKeys(stateFolder: string): Promise<Record<KeySetting, string> | undefined> {
  return read(fileIn(stateFolder));
}

function fileIn(stateFolder: string): string {
  return join(stateFolder, 'keys.json');
}

async function make(file: string): Promise<Record<KeySetting, string>> {
  const keys: Record<KeySetting, string> = {
    STEWARD_MASTER_KEYS: newSecret('STEWARD_MASTER_KEYS'),
    STEWARD_CODEC_KEYS: newSecret('STEWARD_CODEC_KEYS'),
    JWT_SECRET: newSecret('JWT_SECRET'),
    PLATFORM_WEBHOOK_SECRET: newSecret('PLATFORM_WEBHOOK_SECRET'),
  };
  // Written beside and then linked: nobody ever sees half a file, and of two starts at once one's keys stay.
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(draft, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true });
    await link(draft, file);
    return keys;
  } catch (error) {
    const made = (error as NodeJS.ErrnoException).code === 'EEXIST' && (await read(file));
    if (made) return made;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function read(file: string): Promise<Record<KeySetting, string> | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<KeySetting, string>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if (!(error instanceof SyntaxError)) throw error;
    // The parser's own words quote the text, which is keys.
    throw new StewardError('CONFIG_INVALID', {
      setting: file,
      reason: 'is not JSON; restore it, stored data needs it',
    });
  }
}

/** One fresh entry of a setting. */
export function newSecret(setting: KeySetting): string {
  return NEW[setting]();
}

const NEW: Record<KeySetting, () => string> = {
  STEWARD_MASTER_KEYS: newKey,
  STEWARD_CODEC_KEYS: newKey,
  JWT_SECRET: () => randomBytes(32).toString('base64url'),
  PLATFORM_WEBHOOK_SECRET: () => `whsec_${randomBytes(32).toString('base64')}`,
};

function newKey(): string {
  return `${randomBytes(4).toString('hex')}:${randomBytes(32).toString('base64')}`;
}
