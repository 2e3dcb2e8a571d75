import { newSecret } from '../../workers/generate-keys';
import type { KeySetting } from '../../workers/keys';

const SETTINGS = {
  master: 'STEWARD_MASTER_KEYS',
  codec: 'STEWARD_CODEC_KEYS',
  jwt: 'JWT_SECRET',
  webhook: 'PLATFORM_WEBHOOK_SECRET',
} as const satisfies Record<string, KeySetting>;

export type KeyName = keyof typeof SETTINGS;

/** A fresh entry for the setting of this name. It is kept nowhere. */
export function makeKey(name: KeyName): { setting: KeySetting; value: string } {
  const setting = SETTINGS[name];
  return { setting, value: newSecret(setting) };
}
