import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { steward, stewardProcess } from './steward';

/** What holds for all commands: help, usage, and how the program starts. */

const COMMANDS = [
  ['token'],
  ['seller', 'put'],
  ['product', 'put'],
  ['certification', 'show'],
  ['certification', 'do'],
  ['order', 'place'],
  ['order', 'show'],
  ['order', 'list'],
  ['order', 'do'],
  ['license', 'activate'],
  ['license', 'heartbeat'],
  ['parcel', 'tell'],
  ['calls'],
  ['transactions', 'list'],
  ['transactions', 'export'],
  ['bill', 'list'],
  ['bill', 'show'],
  ['bill', 'do'],
  ['bill', 'statement'],
  ['bill', 'transactions'],
  ['ledger', 'check'],
  ['calendar', 'add'],
  ['mail', 'preview'],
  ['flow', 'show'],
  ['flow', 'docs'],
  ['replay'],
  ['doctor'],
  ['release', 'list'],
  ['release', 'current'],
  ['release', 'ramp'],
  ['keys', 'make'],
  ['keys', 'status'],
  ['keys', 'reencrypt'],
  ['sign'],
  ['verify'],
  ['worker'],
  ['api'],
];

describe('help', () => {
  test.each(COMMANDS.map((words) => [words.join(' '), words] as const))(
    '%s has an example',
    async (name, words) => {
      const { stdout, stderr, exitCode } = await steward([...words, '--help']);
      expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
      expect(stdout).toMatch(new RegExp(`^Usage: steward ${name}`));
      expect(stdout).toMatch(new RegExp(`Examples?:\n(.*\n)*?.*steward ${name}`));
      expect(stdout).toContain('--json');
      // A line that is indented deep goes on with the one before.
      const options = stdout.replace(/\n {20,}/g, ' ');
      expect(options).not.toMatch(/\(default: .*\(default: /);
    },
  );

  test('of the program lists every command', async () => {
    const { stdout, exitCode } = await steward(['--help']);
    for (const [word] of [['up'], ...COMMANDS]) expect(stdout).toMatch(new RegExp(`^  ${word} `, 'm'));
    expect(exitCode).toBe(0);
  });
});

describe('wrong usage', () => {
  test.each([
    [['ordr'], /unknown command 'ordr'\n\(Did you mean order\?\)/],
    [['order', 'lst'], /unknown command 'lst'\n\(Did you mean list\?\)/],
    [['calls', '--oder', 'x'], /unknown option '--oder'\n\(Did you mean --order\?\)/],
    [['order', 'show'], /missing required argument 'orderId'/],
    [['order', 'show', 'a', 'b'], /too many arguments/],
    [['api', '--port', '65536'], /from 1 to 65535/],
    [['product', 'put', 'S', 'P', '--name', 'n', '--fee-rate', '2.5'], /from 0 to 10000/],
    [[], /Usage: steward/],
    [['order'], /Usage: steward order/],
  ])('%j exits with 2 and says what is wrong', async (args, told) => {
    const { stdout, stderr, exitCode } = await steward(args);
    expect(stderr).toMatch(told);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
  });
});

describe('as a process', () => {
  test('it starts without a build, and tells its version', async () => {
    const { version } = jest.requireActual<{ version: string }>('../../package.json');
    expect(await stewardProcess(['--version'])).toEqual({ stdout: `${version}\n`, stderr: '', exitCode: 0 });
  });

  test('npx finds it in the checkout', async () => {
    const cache = mkdtempSync(join(tmpdir(), 'steward-npx-'));
    const npx = promisify(execFile);
    const { stdout } = await npx(
      'npx',
      ['--no-install', '--offline', '--cache', cache, 'steward', '--version'],
      {
        cwd: join(__dirname, '../..'),
      },
    );
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    rmSync(cache, { recursive: true });
  });

  test('the folder where it is called has no say in what runs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'steward-folder-'));
    const paths = { commander: ['./taken.ts'], './*': ['./taken.ts'] };
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: { baseUrl: '.', paths } }),
    );
    writeFileSync(join(folder, 'taken.ts'), `process.stdout.write('taken over'); process.exit(0);`);
    const { stdout, stderr } = await stewardProcess(['--version'], { cwd: folder });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    rmSync(folder, { recursive: true });
  });

  test('only the command that needs them loads the heavy parts', async () => {
    const traced = execFile(process.execPath, [
      '--require',
      join(__dirname, 'list-modules.cjs'),
      join(__dirname, '../../bin/steward.cjs'),
      'order',
      'list',
    ]);
    let loaded = '';
    traced.stdout?.on('data', (chunk: string) => (loaded += chunk));
    await once(traced, 'close');
    expect(loaded).toContain('/commander/');
    expect(loaded).not.toMatch(/@temporalio|chinese-days|pglite|fastify|\/sim\/|\/zod\/|\/jose\//);
  });

  test('exit codes reach the shell', async () => {
    expect(await stewardProcess(['order', 'list'])).toMatchObject({ stdout: '', exitCode: 1 });
    expect(await stewardProcess(['nonsense'])).toMatchObject({ stdout: '', exitCode: 2 });
  });
});
