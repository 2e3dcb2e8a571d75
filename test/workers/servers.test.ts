import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { version } from '@temporalio/client/package.json';
import { findDevServerExecutable, findTestServer } from '../../workers/servers';
import { cached, cacheFolder, fetchOnce, type Fetched } from '../../workers/servers/cache';
import { firstWay, type Way } from '../../workers/servers/ways';
import { runProgram } from '../support/run-program';

/** Finding and fetching, without a server. */

const environment = { ...process.env };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'steward-servers-'));
  const programs = join(folder, 'programs');
  mkdirSync(programs);
  process.env = { ...environment, STEWARD_CACHE: join(folder, 'cache'), PATH: programs };
});

afterEach(() => {
  process.env = environment;
  rmSync(folder, { recursive: true });
});

function put(path: string, text: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  return file;
}

const putTemporal = (server: string) =>
  put('programs/temporal', `#!/bin/sh\necho "temporal version 1.0.0 (Server ${server}, UI 2.0.0)"\n`);

/** As after a download that failed just now: the tests must not reach for the network. */
function forbidDownloads(): void {
  put(`cache/temporal-dev-server/sdk-${version}.failed`, 'no network');
  put(`cache/temporal-test-server/sdk-${version}.failed`, 'no network');
}

describe('ways', () => {
  const tried: string[] = [];
  const way = (name: string, executable?: string): Way<{ executable: string }> => ({
    name,
    find() {
      tried.push(name);
      if (executable === undefined) throw new Error(`no ${name}`);
      return { executable };
    },
  });
  beforeEach(() => tried.splice(0));

  test('are tried in their order, up to the first that leads to a server', async () => {
    const found = await firstWay('Server', [way('a'), way('b', '/b'), way('c', '/c')]);
    expect(found).toEqual({ way: 'b', executable: '/b' });
    expect(tried).toEqual(['a', 'b']);
  });

  test('are all named with their reasons when none leads to a server', async () => {
    await expect(firstWay('Server', [way('a'), way('b')])).rejects.toMatchObject({
      code: 'SERVER_MISSING',
      message: 'Server was not found and could not be fetched:\n  - a: no a\n  - b: no b',
    });
  });
});

describe('the dev server', () => {
  const GO = 'cache/temporal-dev-server/go-v1.5.1/temporal';
  const SDK = `cache/temporal-dev-server/sdk-${version}/temporal`;

  test('is on the PATH, else in the cache', async () => {
    const built = put(GO, '');
    expect(await findDevServerExecutable()).toEqual({ way: 'cache', executable: built });
    const downloaded = put(SDK, '');
    expect(await findDevServerExecutable()).toEqual({ way: 'cache', executable: downloaded });
    const installed = putTemporal('1.29.1');
    expect(await findDevServerExecutable()).toEqual({ way: 'temporal on the PATH', executable: installed });
  });

  test('on the PATH is passed over when it is too old', async () => {
    putTemporal('1.24.2');
    const built = put(GO, '');
    expect(await findDevServerExecutable()).toEqual({ way: 'cache', executable: built });
  });

  test('is missed with every way and what would help', async () => {
    forbidDownloads();
    const error = await findDevServerExecutable().catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ code: 'SERVER_MISSING' });
    const [head, ...ways] = (error as Error).message.split('\n');
    expect(head).toBe('Temporal dev server was not found and could not be fetched:');
    expect(ways).toEqual([
      '  - temporal on the PATH: not there; install the Temporal CLI',
      '  - cache: nothing there yet',
      expect.stringMatching(
        /^ {2}- download by the Temporal SDK: failed at .*without .*\.failed\): no network$/,
      ),
      expect.stringMatching(/^ {2}- go install: there is no `go` on the PATH; install Go/),
    ]);
  });
});

describe('the time-skipping server', () => {
  test('is in the cache', async () => {
    const executable = put('cache/temporal-test-server/maven-1.31.0/temporal-test-server', '');
    expect(await findTestServer()).toEqual({ way: 'cache', executable });
  });

  test('is missed with every way and what would help', async () => {
    forbidDownloads();
    await expect(findTestServer()).rejects.toThrow(
      /- cache: .*\n.*- download by .*\n.*- Maven: there is no `mvn` .*install Maven/,
    );
  });
});

describe('the cache', () => {
  function wanted(overrides: Partial<Fetched> = {}): Fetched {
    return {
      server: 'Server',
      folder: 'server/v1',
      executable: 'run',
      fill: (draft) => writeFile(join(draft, 'run'), '#!/bin/sh\n', { mode: 0o755 }),
      check: () => Promise.resolve(),
      ...overrides,
    };
  }

  test('is filled once, also by several processes at the same time', async () => {
    const diary = put('diary', '');
    const program = `
      const { appendFile, writeFile } = require('node:fs/promises');
      require('./workers/servers/cache').fetchOnce({
        server: 'Server',
        folder: 'server/v1',
        executable: 'run',
        async fill(draft) {
          await appendFile(process.env.DIARY, 'filled ');
          await writeFile(draft + '/run', '#!/bin/sh', { mode: 0o755 });
        },
        check: () => appendFile(process.env.DIARY, 'checked '),
      }).then((file) => console.log(file));`;
    const outputs = await Promise.all(Array.from({ length: 4 }, () => runProgram(program, { DIARY: diary })));
    expect(new Set(outputs)).toEqual(new Set([`${join(cacheFolder(), 'server/v1/run')}\n`]));
    expect(readFileSync(diary, 'utf8')).toBe('filled checked ');
    expect(readdirSync(join(cacheFolder(), 'server'))).toEqual(['v1']);
  });

  test('keeps nothing that does not work', async () => {
    const server = wanted({ check: () => Promise.reject(new Error('does not start')) });
    await expect(fetchOnce(server)).rejects.toThrow('does not start');
    expect(cached(server)).toBeUndefined();
    expect(readdirSync(join(cacheFolder(), 'server'))).toEqual([]);
  });
});
