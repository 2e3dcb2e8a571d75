import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { sellerCallLog } from '../../db/seller-calls';
import { sellerDirectory } from '../../db/seller-directory';
import { StewardError } from '../../domain/errors';
import type { Role } from '../../domain/parties';
import { orderBody, PRODUCT, SELLER, startRig, tokenOf, type Rig } from '../api/rig';
import { testKeys } from '../support/database';
import { steward, type Surroundings } from './steward';

/** The commands that talk to the API: the real one, with a database, and stand-ins for the workflows. */

let rig: Rig;
let api: string;
let folder: string;

beforeAll(async () => {
  rig = await startRig();
  api = await rig.app.listen({ host: '127.0.0.1', port: 0 });
  folder = mkdtempSync(join(tmpdir(), 'steward-cli-'));
  writeFileSync(join(folder, 'key.txt'), `${SELLER.accessKey}\n`);
  await as('platform', [...SELLER_PUT, '--access-key-file', join(folder, 'key.txt')]);
  await as('platform', PRODUCT_PUT);
});

afterAll(async () => {
  await rig.close();
  rmSync(folder, { recursive: true });
});

const SELLER_PUT = [
  'seller',
  'put',
  'S1',
  '--name',
  SELLER.name,
  '--email',
  SELLER.email,
  '--language',
  'zh',
];
const PRODUCT_PUT = [
  'product',
  'put',
  'S1',
  'P1',
  '--name',
  'CRM',
  '--url',
  PRODUCT.productionUrl,
  '--fee-rate',
  '250',
];

/** Runs a command with a token of this role, at this API. */
async function as(role: Role, args: string[], { env, ...rest }: Surroundings = {}) {
  const sub = { seller: 'S1', buyer: 'B1' }[role as string] ?? `${role}-1`;
  const token = await tokenOf(role, sub);
  return steward(args, { env: { STEWARD_API: api, STEWARD_TOKEN: token, ...env }, ...rest });
}

function place(body: unknown) {
  return as('platform', ['order', 'place', '-'], { stdin: JSON.stringify(body) });
}

describe('seller and product', () => {
  test('are registered, and the key comes from a file without its line break', async () => {
    const { stdout, exitCode } = await as('platform', [
      ...SELLER_PUT,
      '--access-key-file',
      join(folder, 'key.txt'),
    ]);
    expect({ stdout, exitCode }).toEqual({
      stdout: expect.stringContaining('示例软件') as string,
      exitCode: 0,
    });
    expect(stdout).not.toContain(SELLER.accessKey);
    const product = await as('platform', [...PRODUCT_PUT, '--json']);
    expect(JSON.parse(product.stdout)).toMatchObject({ ...PRODUCT, sellerId: 'S1', productId: 'P1' });
    const { accessKey, productionUrl } = await sellerDirectory(rig.db, testKeys).find('S1', 'P1');
    expect({ accessKey, productionUrl }).toEqual({
      accessKey: SELLER.accessKey,
      productionUrl: PRODUCT.productionUrl,
    });
  });

  test.each([
    ['from the standard input', ['--access-key-file', '-'], { stdin: 'another-access-key-of-S2\n' }],
    ['from the environment', [], { env: { STEWARD_ACCESS_KEY: 'another-access-key-of-S2' } }],
  ])('the key may come %s', async (_name, options, surroundings) => {
    const put = SELLER_PUT.with(2, 'S2');
    expect(await as('platform', [...put, ...options], surroundings)).toMatchObject({
      stderr: '',
      exitCode: 0,
    });
  });

  test('without a key nothing is sent, and the answer says where it is taken from', async () => {
    const { stderr, exitCode } = await as('platform', SELLER_PUT.with(2, 'S3'));
    expect(stderr).toMatch(/^INVALID_REQUEST: .*--access-key-file.*STEWARD_ACCESS_KEY/);
    expect(exitCode).toBe(1);
  });

  test('a key is never an option', async () => {
    const { stderr, exitCode } = await as('platform', [...SELLER_PUT, '--access-key', SELLER.accessKey]);
    expect(stderr).toMatch(/unknown option '--access-key'/);
    expect(exitCode).toBe(2);
  });
});

describe('order place, show and list', () => {
  test('an order comes from a file or the standard input, and placing it again changes nothing', async () => {
    const body = orderBody('CLI-1');
    const file = join(folder, 'order.json');
    writeFileSync(file, JSON.stringify(body));
    const first = await as('platform', ['order', 'place', file, '--json']);
    expect(JSON.parse(first.stdout)).toMatchObject({
      orderId: 'CLI-1',
      lines: [{ orderLineId: 'CLI-1-000001' }],
    });
    const again = await place(body);
    expect(again).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await place(orderBody('CLI-1', [{ skuId: 'K2' }]))).toMatchObject({
      stdout: '',
      stderr: expect.stringMatching(/^ORDER_CONFLICT: /) as string,
      exitCode: 1,
    });
  });

  test('people read where it stands, whose move it is until when, and what happened', async () => {
    await place(orderBody('CLI-2'));
    await rig.lines.show(
      { orderId: 'CLI-2', orderLineId: 'CLI-2-000001' },
      { revision: 7, allowed: [{ command: 'restart-call', roles: ['seller', 'operator'] }] },
    );
    const { stdout } = await as('operator', ['order', 'show', 'CLI-2']);
    expect(stdout).toMatch(/^Waits for +seller, until 2026-11-24 10:00:00 \(UTC\+8\)$/m);
    expect(stdout).toMatch(/^Possible now +restart-call \(seller, operator\)$/m);
    expect(stdout).toMatch(/^Amount +99\.00 CNY$/m);
    expect(stdout).toMatch(/^Charging +PERIOD, 12 MONTH$/m);
    expect(stdout).toMatch(
      /^2026-11-23 09:00:00 \(UTC\+8\) +platform +– +OPENING +The paid order was handed over\.$/m,
    );
    expect(stdout).not.toContain('王小明');
  });

  test('the seller of a line also reads how to reach its buyer', async () => {
    await place(orderBody('CLI-3'));
    const { stdout } = await as('seller', ['order', 'show', 'CLI-3']);
    expect(stdout).toMatch(/^Buyer contact +王小明, wang@buyer\.example, \+86 13800138000 \(zh\)$/m);
  });

  test('text of others cannot move or colour the terminal', async () => {
    await place(orderBody('CLI-4'));
    await rig.lines.show(
      { orderId: 'CLI-4', orderLineId: 'CLI-4-000001' },
      {
        revision: 9,
        log: [{ seq: 1, at: 0, by: 'steward', command: null, from: 'OPENING', to: 'OPENING', note: EVIL }],
      },
    );
    const people = await as('operator', ['order', 'show', 'CLI-4']);
    expect(people.stdout).toContain('hidden [2K[31mred');
    expect(people.stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
    const program = await as('operator', ['order', 'show', 'CLI-4', '--json']);
    expect(program.stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
    expect(JSON.parse(program.stdout)).toMatchObject({ lines: [{ log: [{ note: EVIL }] }] });
  });
  const EVIL = 'hidden\r\u001b[2K\u009b\u001b[31mred\u202e';

  test('lists have a row for each line, in columns also with Chinese text, and go on page by page', async () => {
    for (let n = 0; n < 60; n += 1) await place(orderBody(`CLI-LIST-${n}`));
    const page = await as('operator', ['order', 'list', '--seller', 'S1', '--json']);
    const { items, nextCursor } = JSON.parse(page.stdout) as { items: unknown[]; nextCursor: string };
    const table = await as('operator', ['order', 'list', '--seller', 'S1']);
    expect(rows(table.stdout)).toHaveLength(items.length);
    expect(table.stdout).toContain(`--cursor ${nextCursor}`);
    const next = await as('operator', ['order', 'list', '--seller', 'S1', '--cursor', nextCursor, '--json']);
    const all = await as('operator', ['order', 'list', '--seller', 'S1', '--all', '--json']);
    expect(JSON.parse(all.stdout)).toEqual({
      items: [...items, ...(JSON.parse(next.stdout) as { items: unknown[] }).items],
      nextCursor: null,
    });
  });
  const rows = (text: string) => text.split('\n').filter((line) => line.includes('PROCESSING'));

  test('filters are passed on', async () => {
    const none = await as('operator', ['order', 'list', '--buyer', 'B9']);
    expect(none.stdout).toBe('No order lines.\n');
    const late = await as('operator', [
      'order',
      'list',
      '--due-before',
      '2020-01-01T00:00:00+08:00',
      '--json',
    ]);
    expect(JSON.parse(late.stdout)).toEqual({ items: [], nextCursor: null });
    const bad = await as('operator', ['order', 'list', '--status', 'OPEN']);
    expect(bad).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('PROCESSING, COMPLETED') as string,
    });
  });
});

describe('order do', () => {
  const close = ['order', 'do', 'CLI-5', 'close'];
  const data = { reason: '买家要求', refund: { currency: 'CNY', minor: 100 } };
  beforeAll(() => place(orderBody('CLI-5')));
  afterEach(() => {
    rig.lines.refusal = undefined;
  });

  test('gives a command with its data, once under one key', async () => {
    const before = rig.lines.given.length;
    const args = [...close, '--data', JSON.stringify(data), '--idempotency-key', randomUUID()];
    const first = await as('operator', [...args, '--json']);
    const again = await as('operator', [...args, '--json']);
    expect(JSON.parse(first.stdout)).toMatchObject({ orderLineId: 'CLI-5-000001', revision: 2 });
    expect(JSON.parse(again.stdout)).toMatchObject({ orderLineId: 'CLI-5-000001', revision: 2 });
    expect(rig.lines.given.slice(before)).toMatchObject([{ command: 'close', request: { data } }]);
  });

  test('takes data from a file or the standard input, and a line of several', async () => {
    await place(orderBody('CLI-6', [{ orderLineId: 'L1' }, { orderLineId: 'L2' }]));
    const file = join(folder, 'data.json');
    writeFileSync(file, JSON.stringify(data));
    const two = ['order', 'do', 'CLI-6', 'close', '--data'];
    expect((await as('operator', [...two, `@${file}`])).stderr).toMatch(
      /^LINE_REQUIRED: .*\nNext: .*--line/s,
    );
    await as('operator', [...two, `@${file}`, '--line', 'L2']);
    await as('operator', [...two, '@-', '--line', 'L1'], { stdin: JSON.stringify(data) });
    expect(rig.lines.given.slice(-2).map(({ line }) => line.orderLineId)).toEqual(['L2', 'L1']);
  });

  test('a refusal is told by its code, with the next step, and nothing on stdout', async () => {
    rig.lines.refusal = new StewardError('CALL_IN_PROGRESS');
    const { stdout, stderr, exitCode } = await as('operator', [
      'order',
      'do',
      'CLI-5',
      'restart-call',
      '--json',
    ]);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^CALL_IN_PROGRESS: A call to the seller is running.*\nNext: "steward calls/);
    expect(exitCode).toBe(1);
  });

  test.each([
    ['data that is not JSON', [...close, '--data', '{reason'], 'INVALID_REQUEST: --data is not JSON'],
    ['a file that is missing', [...close, '--data', '@none.json'], 'INVALID_REQUEST: ENOENT'],
    ['data that does not fit', [...close, '--data', '{}'], 'INVALID_REQUEST: '],
    ['an order that is unknown', ['order', 'do', 'CLI-0', 'restart-call'], 'NOT_FOUND: '],
  ])('%s is refused', async (_name, args, told) => {
    const { stderr, exitCode } = await as('operator', args);
    expect(stderr.slice(0, told.length)).toBe(told);
    expect(exitCode).toBe(1);
  });

  test('a command of another role is refused', async () => {
    const { stderr } = await as('buyer', [...close, '--data', JSON.stringify(data)]);
    expect(stderr).toMatch(/^FORBIDDEN: .*\nNext: make a token/);
  });

  test('a command that does not exist is wrong usage', async () => {
    const { stderr, exitCode } = await as('operator', ['order', 'do', 'CLI-5', 'restart']);
    expect(stderr).toMatch(/Allowed choices are restart-call, confirm-release/);
    expect(exitCode).toBe(2);
  });
});

test('calls lists what was asked of sellers and what came of it', async () => {
  await place(orderBody('CLI-7'));
  const log = sellerCallLog(rig.db);
  const call = {
    orderId: 'CLI-7',
    orderLineId: 'CLI-7-000001',
    sellerId: 'S1',
    activity: 'newInstance',
  } as const;
  await log.begin({ ...call, callId: 'c1', attempt: 1, at: Date.UTC(2026, 10, 23, 1) });
  await log.finish('c1', {
    ms: 31,
    httpStatus: 200,
    resultCode: '000005',
    exception: 'The seller\u001b[2J is busy',
  });
  await log.begin({ ...call, callId: 'c2', attempt: 2, at: Date.UTC(2026, 10, 23, 2) });
  await log.begin({ ...call, callId: 'c3', attempt: 3, at: Date.UTC(2026, 10, 23, 3) });
  await log.finish('c3', { ms: 8, httpStatus: 200, resultCode: '000000', exception: null });
  const { stdout } = await as('seller', ['calls', '--order', 'CLI-7']);
  const [head, third, second, first] = stdout.split('\n');
  expect(head).toMatch(/^WHEN +LINE +ACTIVITY +NO\. +TOOK +HTTP +CODE +WHAT CAME OF IT$/);
  expect(third).toMatch(/ +3 +8 ms +200 +000000 +answered$/);
  expect(second).toMatch(
    /^2026-11-23 10:00:00 \(UTC\+8\) +CLI-7-000001 +newInstance +2 +– +– +– +no answer yet$/,
  );
  expect(first).toMatch(/ +1 +31 ms +200 +000005 +The seller\[2J is busy$/);
  const json = await as('operator', ['calls', '--seller', 'S1', '--order', 'CLI-7', '--all', '--json']);
  expect(JSON.parse(json.stdout)).toMatchObject({
    items: [{ attempt: 3 }, { attempt: 2 }, { attempt: 1 }],
    nextCursor: null,
  });
});

describe('without an answer', () => {
  test('a missing token is named before anything is sent', async () => {
    const { stderr, exitCode } = await steward(['order', 'list'], { env: { STEWARD_API: api } });
    expect(stderr).toMatch(/^UNAUTHENTICATED: .*\nNext: make a token with "steward token/);
    expect(exitCode).toBe(1);
  });

  test('--api and --token go over the environment', async () => {
    const token = await tokenOf('operator');
    const env = { STEWARD_API: 'http://127.0.0.1:9', STEWARD_TOKEN: 'none' };
    const lost = await steward(['order', 'list', '--token', token], { env });
    expect(lost.stderr).toMatch(/^UNREACHABLE: .*127\.0\.0\.1:9.*\nNext: start Steward with "steward up"/s);
    const found = await steward(['order', 'list', '--api', api, '--token', token], { env });
    expect(found).toMatchObject({ stderr: '', exitCode: 0 });
  });
});
