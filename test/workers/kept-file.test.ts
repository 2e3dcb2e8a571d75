import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
  mkdirSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { contentsOf, keep } from '../../workers/kept-file';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'steward-kept-'));
  write('flows/saas.ts', 'one');
  write('lock.json', '{}');
});
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(join(root, dirname(file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

const contents = () => contentsOf(root, ['flows', 'lock.json']);

test.each([
  ['a file in a folder changes', () => write('flows/saas.ts', 'two')],
  ['a file comes deep in a folder', () => write('flows/goods/hardware.ts', '')],
  ['a file has another name', () => (rmSync(join(root, 'flows/saas.ts')), write('flows/image.ts', 'one'))],
  ['a named file changes', () => write('lock.json', '{"name":"steward"}')],
])('contents are others when %s', (_what, change) => {
  const before = contents();
  change();
  expect(contents()).not.toBe(before);
});

test('contents are the same when something else changes, or the same is written again', () => {
  const before = contents();
  write('other.ts', 'else');
  write('flows/saas.ts', 'one');
  expect(contents()).toBe(before);
});

test('what is kept is whole, in a folder that comes with it, and goes a day after there is something newer', async () => {
  const [old, fresh, next] = ['bundle-1', 'bundle-2', 'bundle-3'].map((name) => join(root, 'cache', name));
  await keep(old!, 'old');
  await keep(fresh!, 'fresh');
  const aDayAgo = new Date(Date.now() - 86_401_000);
  utimesSync(old!, aDayAgo, aDayAgo);
  await Promise.all([keep(next!, 'next'), keep(next!, 'next')]);
  expect(readdirSync(join(root, 'cache')).sort()).toEqual(['bundle-2', 'bundle-3']);
  expect(readFileSync(next!, 'utf8')).toBe('next');
});

test('where nothing can be written, nothing is kept, and nothing fails', async () => {
  await expect(keep(join(root, 'lock.json/bundle-1'), 'text')).resolves.toBeUndefined();
  expect(readFileSync(join(root, 'lock.json'), 'utf8')).toBe('{}');
});
