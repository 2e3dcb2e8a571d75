import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import type { Role } from '../../domain/parties';
import { startRig, tokenOf, type Rig } from '../api/rig';
import { at, complete, run, sell } from '../db/ledger/world';
import { steward } from './steward';

/** `steward transactions …` at the real API. */

let rig: Rig;
let api: string;
let folder: string;
beforeAll(async () => {
  rig = await startRig();
  api = await rig.app.listen({ host: '127.0.0.1', port: 0 });
  folder = mkdtempSync(join(tmpdir(), 'steward-transactions-'));
  const { db } = rig;
  await complete(db, 'CT-1', at('10-01T00:00:00'), { sellerId: 'S1' });
  await run(db, { site: 'china', period: '202610' });
  await sell(db, 'CT-2', { sellerId: 'S1' });
  await complete(db, 'CT-3', at('11-02T00:00:00'), { sellerId: 'S2', credit: true });
});
afterAll(async () => {
  await rig.close();
  rmSync(folder, { recursive: true });
});

async function as(role: Role, args: string[], at = api) {
  const token = await tokenOf(role, role === 'seller' ? 'S1' : `${role}-1`);
  return steward(['transactions', ...args], { env: { STEWARD_API: at, STEWARD_TOKEN: token } });
}
const inFolder = (name: string) => join(folder, name);

describe('list', () => {
  test('has a row for each, with its bill or why there is none yet', async () => {
    const { stdout } = await as('operator', ['list']);
    const [head, credit, open, billed] = stdout.split('\n');
    expect(head).toMatch(
      /^LINE +SELLER +KIND +COMPLETED +GROSS +FEE +NET +PERIOD +BILL, OR WHY THERE IS NONE$/,
    );
    expect(credit).toMatch(/^CT-3-000001 +S2 +SALE +2026-11-02 00:00:00 \(UTC\+8\) .* 202611 +NOT_REPAID$/);
    expect(open).toMatch(/^CT-2-000001 +S1 +SALE +– +100\.00 CNY .* – +SUPERVISION_NOT_FINISHED$/);
    expect(billed).toMatch(/ 100\.00 CNY +2\.50 CNY +97\.50 CNY +202610 +S1\/202610\/china\/general\/CNY$/);
  });

  test('passes its filters on, and has all pages', async () => {
    const filters = ['--seller', 'S2', '--order', 'CT-3', '--period', '202611', '--billing-state', 'PENDING'];
    const more = ['--kept-back', 'NOT_REPAID', '--currency', 'CNY', '--kind', 'SALE'];
    const times = [
      '--completed-from',
      '2026-11-02T00:00:00+08:00',
      '--completed-before',
      '2026-11-02T00:00:01+08:00',
    ];
    const found = await as('operator', ['list', ...filters, ...more, ...times, '--all', '--json']);
    expect(JSON.parse(found.stdout)).toMatchObject({ items: [{ orderId: 'CT-3' }], nextCursor: null });
    for (const other of [
      ['--seller', 'S1'],
      ['--kind', 'REFUND'],
      ['--completed-from', '2026-11-02T00:00:01+08:00'],
    ]) {
      const none = await as('operator', ['list', ...filters, ...more, ...times, ...other]);
      expect(none.stdout).toBe('No transactions.\n');
    }
    const wrong = await as('operator', ['list', '--billing-state', 'VOID']);
    expect(wrong).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('PENDING, BILLED') as string,
    });
  });

  test('a buyer has none', async () => {
    expect(await as('buyer', ['list'])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^FORBIDDEN: /) as string,
    });
  });
});

describe('export', () => {
  test.each(['csv', 'xlsx'])('writes a whole %s file', async (format) => {
    const out = inFolder(`october.${format}`);
    const args = ['export', '--format', format, '--period', '202610', '--out', out];
    const { stdout, exitCode } = await as('seller', args);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^1 transactions are in .*\. Until .* the same file can be had from \/v1\/exports\/.*\.\n$/,
    );
    const bytes = readFileSync(out);
    const rows =
      format === 'csv' ? (parse(bytes, { bom: true }) as unknown as unknown[][]) : await readSheet(bytes);
    expect(rows).toHaveLength(2);
    expect(rows[1]).toContain('CT-1-000001');
    const json = await as('seller', [...args, '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ format, transactions: 1, file: out });
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('needs a format and a file', async () => {
    expect((await as('seller', ['export', '--out', inFolder('x')])).exitCode).toBe(2);
    expect((await as('seller', ['export', '--format', 'csv'])).exitCode).toBe(2);
    expect((await as('seller', ['export', '--format', 'ods', '--out', inFolder('x')])).stderr).toContain(
      'csv, xlsx',
    );
  });

  test('a file that cannot be written is told as it is', async () => {
    const { stderr, exitCode } = await as('seller', [
      'export',
      '--format',
      'csv',
      '--out',
      inFolder('none/x.csv'),
    ]);
    expect(stderr).toMatch(/^INVALID_REQUEST: ENOENT/);
    expect(exitCode).toBe(1);
  });

  test.each<[string, (response: ServerResponse) => void, RegExp]>([
    [
      'breaks off',
      (response) => void response.write('half a file', () => response.destroy()),
      /^UNREACHABLE: .* broke off/,
    ],
    [
      'is refused',
      (response) =>
        void response.writeHead(410).end(JSON.stringify({ code: 'EXPORT_EXPIRED', detail: 'It is gone' })),
      /^EXPORT_EXPIRED: It is gone\n/,
    ],
    [
      'is no answer of Steward',
      (response) => void response.writeHead(502).end('proxy'),
      /^UNEXPECTED_ANSWER: HTTP 502/,
    ],
  ])('a file that %s leaves nothing behind', async (_name, answer, told) => {
    const server = createServer((request, response) => {
      if (request.method === 'GET') return answer(response);
      response.writeHead(201).end(JSON.stringify({ exportId: 'e1', transactions: 1 }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const out = inFolder('broken.csv');
    const { stdout, stderr, exitCode } = await as(
      'seller',
      ['export', '--format', 'csv', '--out', out],
      `http://127.0.0.1:${port}`,
    );
    await new Promise((resolve) => server.close(resolve));
    expect(stderr).toMatch(told);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
    expect([existsSync(out), existsSync(`${out}.part`)]).toEqual([false, false]);
  });
});
