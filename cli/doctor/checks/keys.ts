import { listed, type Environment } from '../../../workers/keys';
import type { Check } from '../check';
import { notChecked, ok, warning, wrong } from '../finding';

/** A secret under the name by which people find it. */
interface Secret {
  name: string;
  bytes: Buffer;
}

/** Of 32 random bytes some 30 differ; of typed ones, or of zeros, few do. */
const FEWEST_DIFFERENT = 10;
const WORDS = /^(change|secret|password|example|test|todo|x{4})/i;

/** Whether the keys look random, and none serves two purposes. Whether they can be read, the settings' check tells. */
export const KEYS: Check = {
  name: 'keys',
  look({ env }) {
    const secrets = secretsOf(env);
    const shared = secrets.filter(({ bytes }, n) => secrets.findIndex((one) => one.bytes.equals(bytes)) < n);
    if (shared.length > 0) {
      const names = shared.map(({ name }) => name).join(', ');
      return wrong(`used a second time: ${names}`, 'make one for each purpose with "steward keys make"');
    }
    const weak = secrets.filter(({ bytes }) => isWeak(bytes)).map(({ name }) => name);
    if (weak.length > 0) {
      return warning(
        `not random: ${weak.join(', ')}`,
        'make others with "steward keys make", and rotate to them',
      );
    }
    if (secrets.length === 0) return notChecked('none is set, see settings');
    return ok(`${secrets.length} secrets, all different and random by their looks`);
  },
};

function isWeak(bytes: Buffer): boolean {
  return new Set(bytes).size < FEWEST_DIFFERENT || WORDS.test(bytes.toString());
}

function secretsOf(env: Environment): Secret[] {
  return [
    ...entries(env, 'STEWARD_MASTER_KEYS').map(keyOf),
    ...entries(env, 'STEWARD_CODEC_KEYS').map(keyOf),
    ...entries(env, 'JWT_SECRET').map(({ name, text }) => ({ name, bytes: Buffer.from(text) })),
    ...entries(env, 'PLATFORM_WEBHOOK_SECRET').map(({ name, text }) => ({
      name,
      bytes: Buffer.from(text.replace('whsec_', ''), 'base64'),
    })),
  ];
}

function entries(env: Environment, setting: string): { name: string; text: string }[] {
  const texts = listed(env[setting] ?? '');
  const several = texts.length > 1;
  return texts.flatMap((text, n) => {
    const name = several ? `number ${n + 1} of ${setting}` : setting;
    return text === '' ? [] : [{ name, text }];
  });
}

function keyOf({ name, text }: { name: string; text: string }): Secret {
  return { name, bytes: Buffer.from(text.slice(text.indexOf(':') + 1), 'base64') };
}
