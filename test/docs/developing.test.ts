import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
/** What `steward flow show` loads. */
const PARTS = ['activities', 'api', 'bin', 'cli', 'client', 'db', 'domain', 'sim', 'workers', 'workflows'];
const FILES = ['package.json', 'tsconfig.json', 'temporal.config.ts'];

let copy: string;
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'steward-developing-'));
  for (const part of [...PARTS, ...FILES]) {
    cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true }));

test('the new delivery kind of docs/developing.md is all that it takes', () => {
  const [, diff = ''] = /```diff\n([^]+?\n)```/.exec(readFileSync(join(ROOT, 'docs/developing.md'), 'utf8'))!;
  // Outside of a repository, as a copy is, git patches the files below.
  execFileSync('git', ['apply', '-'], {
    cwd: copy,
    input: diff,
    env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() },
  });
  const drawn = execFileSync(process.execPath, ['bin/steward.cjs', 'flow', 'show', 'training'], {
    cwd: copy,
    encoding: 'utf8',
  });
  expect(drawn).toContain('商家授课<br/>Seller holds the course<br/>waits for seller" as TEACHING\n');
  expect(drawn).toContain('TEACHING --> ACCEPTING : deliver (seller)\n');
  expect(drawn).toContain('ACCEPTING --> TEACHING : reject (buyer)\n');
});
