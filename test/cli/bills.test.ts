import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Role } from '../../domain/parties';
import { startRig, tokenOf, type Rig } from '../api/rig';
import { at, complete, run } from '../db/ledger/world';
import { readPdf } from '../support/pdf';
import { steward } from './steward';

/** `steward bill …` at the real API. */

let rig: Rig;
let api: string;
let folder: string;
beforeAll(async () => {
  rig = await startRig();
  folder = mkdtempSync(join(tmpdir(), 'steward-bills-'));
  await rig.app.listen({ host: '127.0.0.1', port: 0 });
  api = `http://127.0.0.1:${(rig.app.server.address() as AddressInfo).port}`;
  const { db } = rig;
  await complete(db, 'CB-1', at('10-01T00:00:00'), { sellerId: 'S1', trade: 'joint' });
  await complete(db, 'CB-2', at('10-01T00:00:00'), { sellerId: 'S2' });
  await run(db, { site: 'china', period: '202610' });
});
afterAll(async () => {
  await rig.close();
  rmSync(folder, { recursive: true });
});

async function as(role: Role, ...args: string[]) {
  const token = await tokenOf(role, role === 'seller' ? 'S1' : `${role}-1`);
  return steward(['bill', ...args], { env: { STEWARD_API: api, STEWARD_TOKEN: token } });
}
const BILL = 'S1/202610/china/joint/CNY';

test('list has a row for each, of a seller only its own', async () => {
  const { stdout } = await as('operator', 'list', '--period', '202610');
  const [head, ...rows] = stdout.trim().split('\n');
  expect(head).toMatch(/^BILL +TRANSACTIONS +PAYABLE +NODE +WAITS FOR +DUE$/);
  expect(rows).toHaveLength(2);
  expect(rows[1]).toMatch(/^S1\/202610\/china\/joint\/CNY +1 +97\.50 CNY +GENERATED +nobody +–$/);
  const own = await as('seller', 'list', '--all', '--json');
  expect(JSON.parse(own.stdout)).toMatchObject({ items: [{ billId: BILL }], nextCursor: null });
  expect((await as('seller', 'list', '--node', 'PAID')).stdout).toBe('No bills.\n');
});

test('show tells what it pays, and leaves out what it has not', async () => {
  const { stdout } = await as('seller', 'show', BILL);
  expect(stdout).toMatch(/^Bill +S1\/202610\/china\/joint\/CNY$/m);
  expect(stdout).toMatch(/^Node +GENERATED: Generated 已出账$/m);
  expect(stdout).toMatch(/^Payable +97\.50 CNY$/m);
  expect(stdout).not.toMatch(/^(Invoice|Refunds|Payment) /m);
});

test('do gives a command, and names what is wrong with it', async () => {
  rig.bills.answer = () => Promise.resolve({ revision: 4, node: 'PAID', waitingFor: 'nobody' });
  const { stdout } = await as('operator', 'do', BILL, 'record-payment', '--data', '{"paymentId":"P-1"}');
  expect(stdout).toMatch(/^Node +PAID/m);
  expect(rig.bills.given).toMatchObject([{ billId: BILL, command: 'record-payment' }]);
  const wrong = await as('operator', 'do', BILL, 'record-payment');
  expect(wrong.exitCode).not.toBe(0);
  expect(wrong.stderr).toContain('paymentId');
});

test('statement writes a whole PDF, and nothing of a bill of others', async () => {
  const out = join(folder, 'statement.pdf');
  const { stdout } = await as('seller', 'statement', BILL, '--out', out);
  expect(stdout).toBe(`The statement of ${BILL} is in ${out}.\n`);
  expect((await readPdf(readFileSync(out))).text).toContain('应付金额 Payable 97.50 CNY');
  const others = join(folder, 'others.pdf');
  const refused = await as('seller', 'statement', 'S2/202610/china/general/CNY', '--out', others);
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/^NOT_FOUND: /) as string });
  expect(existsSync(others)).toBe(false);
  expect((await as('seller', 'statement', BILL)).exitCode).toBe(2);
});

test('transactions writes what the bill is made of', async () => {
  const out = join(folder, 'transactions.csv');
  const args = ['transactions', BILL, '--format', 'csv', '--out', out];
  const { stdout } = await as('operator', ...args, '--json');
  expect(JSON.parse(stdout)).toEqual({ billId: BILL, format: 'csv', file: out });
  const rows = parse(readFileSync(out), { bom: true });
  expect(rows).toHaveLength(2);
  expect(rows[1]).toContain('CB-1-000001');
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  expect((await as('seller', 'transactions', BILL, '--out', out)).exitCode).toBe(2);
});
