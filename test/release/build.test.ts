import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { TEST_CODEC_KEYS } from '../support/keys';
import { recordedHistories } from '../support/recorded';
import { productionCopy, type ProductionCopy } from './production-copy';

/** What `npm run build` makes, in a folder outside of the checkout and with the libraries of production alone. */

let built: ProductionCopy;
beforeAll(() => {
  built = productionCopy();
});
afterAll(() => built.remove());

const HISTORIES = join(__dirname, '../histories');
const keys = { STEWARD_CODEC_KEYS: TEST_CODEC_KEYS };
const steward = (args: string[]) => built.node(['bin/steward.cjs', ...args], keys);

test('the command runs, and none of it is TypeScript or a tool of development', () => {
  const { version } = jest.requireActual<{ version: string }>('../../package.json');
  expect(steward(['--version'])).toBe(`${version}\n`);
  expect(steward(['up', '--help'])).toContain('--windows');
  expect(() => built.node(['--eval', 'require("typescript")'])).toThrow(/Cannot find module 'typescript'/);
});

test('the database gets its tables, and a mail its words', () => {
  const migrated = built.node([
    '--eval',
    `const { openDatabase } = require('./db/connect');
     const { migrate } = require('./db/migrate');
     openDatabase({ folder: 'pglite' }).then(async ({ db, close }) => {
       await migrate(db);
       const { rows } = await db.execute('select count(*)::int as n from order_lines');
       console.log(rows[0].n);
       await close();
     });`,
  ]);
  expect(migrated.trim()).toBe('0');
  expect(steward(['mail', 'preview', 'opened'])).toMatch(/Subject: .+/);
});

test('recorded histories replay on its bundle, and do not on a broken one in its place', async () => {
  const files = recordedHistories()
    .filter((_, n) => n % 20 === 0)
    .map((name) => join(HISTORIES, name));
  expect(steward(['replay', ...files]).match(/^ok /gm)).toHaveLength(files.length);

  const bundle = join(built.folder, 'workflow-bundle.js');
  const good = readFileSync(bundle);
  const broken = await bundleWorkflowCode({
    workflowsPath: require.resolve('../replay/broken-twin'),
    logger: new DefaultLogger('ERROR'),
  });
  writeFileSync(bundle, broken.code);
  expect(() => steward(['replay', files[0]!])).toThrow(/status 1|Command failed/);
  writeFileSync(bundle, good);
});

test('its workers run the bundle that is in it', () => {
  const tell =
    'require("./workers/workflow-code").workflowCode().then((code) => console.log(JSON.stringify(code)))';
  expect(JSON.parse(built.node(['--eval', tell]))).toEqual({
    codePath: expect.stringMatching(/workflow-bundle\.js$/) as string,
  });
});

describe('the client', () => {
  let user: string;
  beforeAll(() => {
    user = join(built.folder, 'user');
    mkdirSync(join(user, 'node_modules'), { recursive: true });
    symlinkSync(built.folder, join(user, 'node_modules/steward'));
  });

  it.each(['steward/client', 'steward'])('is imported from %s, and loads nothing else', (name) => {
    const script = `
      import { createRequire } from 'node:module';
      import { StewardClient, StewardApiError } from '${name}';
      new StewardClient({ baseUrl: 'http://127.0.0.1', token: 'none' });
      console.log(StewardApiError.name, Object.keys(createRequire(import.meta.url).cache).join());`;
    writeFileSync(join(user, 'imports.mjs'), script);
    const [error, files = ''] = execFileSync(process.execPath, ['imports.mjs'], {
      cwd: user,
      encoding: 'utf8',
    })
      .trim()
      .split(' ');
    expect(error).toBe('StewardApiError');
    expect(files.split(',').map((file) => file.replace(`${built.folder}/`, ''))).toEqual([
      'client/index.js',
      'client/http.js',
      'client/error.js',
    ]);
  });

  it('has types', () => {
    const source = `
      import { StewardClient, type OrderBody } from 'steward/client';
      declare const steward: StewardClient, order: OrderBody;
      export const node: Promise<string> = steward.getOrder(order.orderId).then(({ lines }) => lines[0]!.node);
      // @ts-expect-error there is no such command
      void steward.command('CS1', 'explode');`;
    writeFileSync(join(user, 'types.mts'), source);
    const compilerOptions = { strict: true, module: 'nodenext', target: 'es2022', types: [], noEmit: true };
    writeFileSync(join(user, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['types.mts'] }));
    const compiler = join(__dirname, '../../node_modules/typescript/bin/tsc');
    const found = execFileSync(process.execPath, [compiler], { cwd: user, encoding: 'utf8' });
    expect(found).toBe('');
  });
});
