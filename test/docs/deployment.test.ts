import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DYNAMIC_CONFIG } from '../../workers/servers/dynamic-config';

/** What `deploy/` says of Steward is so: settings that are read, graces that are long enough, tags of this version. */

const ROOT = join(__dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const filesOf = (folder: string, end: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .map((name) => join(folder, name));

const MANIFESTS = ['deploy/compose.yaml', ...filesOf('deploy/kubernetes', '.yaml')];
/** Read by Temporal's own library. */
const TEMPORAL = /^TEMPORAL_(ADDRESS|NAMESPACE|API_KEY|TLS)$/;
/** Of compose.yaml itself: the tag of the image. */
const TAG = 'STEWARD_VERSION';

/** Names of settings are the only words in capitals with an underscore that stand before a colon or after `key:`. */
function settingsOf(file: string): string[] {
  const names = [...read(file).matchAll(/(?:^ *|key: |name: |\$\{)([A-Z0-9]+_[A-Z0-9_]+)\b/gm)];
  return names.map(([, name]) => name!).filter((name) => name !== TAG);
}

test.each(MANIFESTS)('%s names no setting that nothing reads', (file) => {
  const sources = [...filesOf('workers', '.ts'), ...filesOf('cli', '.ts')].map(read).join('\n');
  const unknown = settingsOf(file).filter((name) => !TEMPORAL.test(name) && !sources.includes(name));
  expect(unknown).toEqual([]);
});

test('the secrets of the example are those that the pods take, and the manifests have their settings', () => {
  const example = new Set(settingsOf('deploy/kubernetes/secret.example.yaml'));
  const taken = ['worker', 'api', 'codec'].flatMap((name) =>
    [
      ...read(`deploy/kubernetes/${name}.yaml`).matchAll(
        /secretKeyRef: \{ name: steward, key: (\w+)(?:, optional: true)? \}/g,
      ),
    ].map(([, key]) => key!),
  );
  expect([...new Set(taken)].sort()).toEqual([...example].sort());
});

test('pods and containers get longer to stop than running activities and requests', () => {
  const [, grace] = /SHUTDOWN_GRACE = '(\d+) seconds'/.exec(read('workers/run.ts'))!;
  for (const name of ['worker', 'api', 'codec']) {
    const text = read(`deploy/kubernetes/${name}.yaml`);
    const [, seconds] = /terminationGracePeriodSeconds: (\d+)/.exec(text)!;
    const [, before = '0'] = /setTimeout\(\(\) => \{\}, (\d+)\)/.exec(text) ?? [];
    expect(Number(seconds) - Number(before) / 1000).toBeGreaterThan(Number(grace) + 10);
  }
  const [, compose] = /stop_grace_period: (\d+)s/.exec(read('deploy/compose.yaml'))!;
  expect(Number(compose)).toBeGreaterThan(Number(grace) + 10);
});

const TAGS = /steward:(\d[\w.+-]*)|STEWARD_VERSION:-([\w.+-]+)|newTag: ['"]?([\w.+-]+)/g;

test('images have the tag of this version, in manifests and in docs', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  const inDeploy = filesOf('deploy', '').filter((file) => statSync(join(ROOT, file)).isFile());
  const files = [...inDeploy, ...filesOf('docs', '.md'), 'README.md'];
  const tags = files.flatMap((file) =>
    [...read(file).matchAll(TAGS)].map(([, ...found]) => ({ file, tag: found.find(Boolean) })),
  );
  expect(new Set(tags.map(({ file }) => file))).toEqual(
    new Set([
      'deploy/Dockerfile',
      'deploy/compose.yaml',
      'deploy/kubernetes/kustomization.yaml',
      'docs/deployment.md',
    ]),
  );
  expect(tags.filter(({ tag }) => tag !== version)).toEqual([]);
});

test('a cluster of one’s own is told the dynamic configuration that the servers here have', () => {
  const told = [...read('docs/deployment.md').matchAll(/^([a-z]+\.\w+):.*\n {2}- value: (\w+)$/gm)];
  const here = Object.entries(DYNAMIC_CONFIG).map(([key, json]) => [key, String(JSON.parse(json))]);
  expect(told.map(([, key, value]) => [key, value])).toEqual(here);
});
