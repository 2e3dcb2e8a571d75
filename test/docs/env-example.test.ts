import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { newSecret } from '../../workers/generate-keys';
import { KEY_SETTINGS, type KeySetting } from '../../workers/keys';
import { readSettings } from '../../workers/settings';

/** `deploy/steward.env.example` has each setting there is, and no other. */

const read = (file: string) => readFileSync(join(__dirname, '../../deploy', file), 'utf8');
const EXAMPLE = read('steward.env.example');
const required = parseEnv(EXAMPLE);
/** With the optional ones. */
const all = parseEnv(EXAMPLE.replace(/^#(?=[A-Z0-9_]+=)/gm, ''));

const keys = Object.fromEntries(
  Object.keys(KEY_SETTINGS).map((name) => [name, newSecret(name as KeySetting)]),
);
/** Files that are there on no machine. */
const FILE = /_(CA|PATH|FILE)$/;

/** Read where they are used, and not with the others: by all that runs alone, by the codec server, by commands. */
const ELSEWHERE = ['DATABASE_URL', 'STEWARD_CODEC_ORIGINS', 'STEWARD_API', 'STEWARD_TOKEN'];

const isTemporals = (name: string) => name.startsWith('TEMPORAL_');

/** The settings that are asked for by name. */
function namesRead(env: Record<string, string | undefined>, read: (env: NodeJS.ProcessEnv) => unknown) {
  const names = new Set<string>();
  const spy = new Proxy(env, {
    get: (target, name: string) => {
      names.add(name);
      return target[name];
    },
    // Temporal's own are copied, which asks for all.
    ownKeys: () => [],
  });
  read(spy);
  return [...names].sort();
}

test('it names exactly the settings that are read', () => {
  const settings = Object.fromEntries(
    Object.entries({ ...all, ...keys }).filter(([name]) => !FILE.test(name)),
  );
  const known = [...namesRead(settings, readSettings), ...ELSEWHERE].sort();
  expect(
    Object.keys(all)
      .filter((name) => !isTemporals(name))
      .sort(),
  ).toEqual(known);
});

test("those of Temporal are its own library's", () => {
  const known = namesRead({}, (env) =>
    loadClientConnectConfig({ overrideEnvVars: env as Record<string, string> }),
  );
  expect(Object.keys(all).filter((name) => isTemporals(name) && !known.includes(name))).toEqual([]);
});

test('what it gives as required is enough, once keys are made, and none of it can be left out', () => {
  const settings = { ...required, ...keys };
  expect(() => readSettings(settings)).not.toThrow();
  const optional = Object.keys(required).filter((name) => {
    try {
      readSettings({ ...settings, [name]: '' });
      return true;
    } catch {
      return false;
    }
  });
  // Elsewhere they are not optional: the codec server, all that runs alone, and Compose ask for them.
  const asked = ['TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE', 'MAIL_FROM', 'OPERATOR_EMAIL'];
  expect(optional.sort()).toEqual([...asked, 'DATABASE_URL', 'STEWARD_CODEC_ORIGINS'].sort());
});

test('Compose gets all that it cannot do without', () => {
  const asked = [...read('compose.yaml').matchAll(/\$\{(\w+):\?\}/g)].map(([, name]) => name);
  expect(asked.filter((name) => !(name! in required))).toEqual([]);
});
