import { parse } from 'csv-parse/sync';
import { eq } from 'drizzle-orm';
import { readSheet } from 'read-excel-file/node';
import { sweepExports } from '../../db/exports/exports';
import { transactionExports } from '../../db/exports/schema';
import { putProduct } from '../../db/products';
import { EXPORT_KEPT } from '../../domain/ledger/transaction-export';
import { at, complete, completedView, publish, refundedView } from '../db/ledger/world';
import { expectProblem, PRODUCT, registerSeller, startRig, type Caller, type Rig } from './rig';

/** Exports over HTTP, from their making to their end. */

let rig: Rig;
let seller: Caller;
beforeAll(async () => {
  rig = await startRig();
  seller = rig.as('seller', 'S1');
  const { db } = rig;
  await registerSeller(rig, 'S1');
  await putProduct(db, 'S1', 'P1', { ...PRODUCT, name: '=1+1 客户管理' });
  const view = await complete(db, 'X-1', at('10-01T00:00:00'), { sellerId: 'S1' });
  await publish(db, 'X-1', refundedView(view, 'X-1', 4_001, at('11-04T10:00:00')));
  await complete(db, 'X-2', at('10-02T00:00:00'), { sellerId: 'S2' });
});
afterAll(() => rig.close());

const cellsOf = (bytes: Buffer) => parse(bytes, { bom: true });
const column = (rows: unknown[][], english: string) => {
  const n = rows[0]!.findIndex((header) => String(header).includes(english));
  return rows.slice(1).map((row) => row[n]);
};

it('CSV is what the parser reads back, with a name and a type of its own', async () => {
  const made = await seller.export({ format: 'csv' });
  expect(made.status).toBe(201);
  const { exportId, url, createdAt, expiresAt } = made.body;
  expect(made.body).toMatchObject({ format: 'csv', transactions: 2, url: `/v1/exports/${exportId}` });
  expect(made.headers['location']).toBe(url);
  expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(EXPORT_KEPT);
  const { status, headers, bytes } = await seller.file(exportId);
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(headers['content-disposition']).toMatch(/^attachment; filename="transactions-\d{8}-\d{6}\.csv"$/);
  const cells = cellsOf(bytes);
  expect(column(cells, 'Product name')).toEqual(["'=1+1 客户管理", "'=1+1 客户管理"]);
  expect(column(cells, 'Net').sort()).toEqual(['-39.01', '97.50']);
});

it('XLSX is what another library reads back, the same each time it is fetched', async () => {
  const { body } = await seller.export({ format: 'xlsx', filters: { kind: 'REFUND' } });
  await complete(rig.db, 'X-3', at('10-03T00:00:00'), { sellerId: 'S1' });
  await publish(
    rig.db,
    'X-3',
    refundedView(completedView(at('10-03T00:00:00')), 'X-3', 1, at('11-04T10:00:00')),
  );
  const first = await seller.file(body.exportId);
  expect(first.headers['content-type']).toBe(
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  );
  const rows = await readSheet(first.bytes);
  expect(column(rows, 'Order line')).toEqual(['X-1-000001']);
  expect(column(rows, 'Product name')).toEqual(['=1+1 客户管理']);
  expect([column(rows, 'Gross'), column(rows, '平台费用'), column(rows, 'Net')]).toEqual([
    [-40.01],
    [-1],
    [-39.01],
  ]);
  expect(await readSheet((await seller.file(body.exportId)).bytes)).toEqual(rows);
});

it('a seller has only its own in it, and only its own exports', async () => {
  const own = await rig.as('seller', 'S2').export({ format: 'csv' });
  const { bytes } = await rig.as('seller', 'S2').file(own.body.exportId);
  expect(column(cellsOf(bytes), 'Order line')).toEqual(['X-2-000001']);
  expectProblem(await seller.file(own.body.exportId), 404, 'NOT_FOUND');
  expectProblem(await rig.as('operator', 'S2').file(own.body.exportId), 404, 'NOT_FOUND');
  expectProblem(await seller.export({ format: 'csv', filters: { sellerId: 'S2' } }), 404, 'NOT_FOUND');
  const all = await rig.as('operator').export({ format: 'csv', filters: { sellerId: 'S2' } });
  expect(all.body.transactions).toBe(1);
});

it('is for sellers, operators and the platform only', async () => {
  expect((await rig.as('platform').export({ format: 'csv' })).status).toBe(201);
  const { body } = await seller.export({ format: 'csv' });
  for (const role of ['buyer', 'carrier'] as const) {
    expectProblem(await rig.as(role, 'S1').export({ format: 'csv' }), 403, 'FORBIDDEN');
    expectProblem(await rig.as(role, 'S1').file(body.exportId), 403, 'FORBIDDEN');
  }
});

it.each([
  [{ format: 'ods' }, 'body.format'],
  [{}, 'body.format'],
  [{ format: 'csv', filters: { period: 'October' } }, 'body.filters.period'],
  [{ format: 'csv', filters: { cursor: 'x' } }, 'body.filters'],
])('refuses %j', async (body, place) => {
  const { detail } = expectProblem(await seller.export(body), 400, 'INVALID_REQUEST');
  expect(detail).toContain(place);
});

it('is there until the end of the third day, then expired, before and after the sweep', async () => {
  const { body } = await seller.export({ format: 'csv' });
  const age = (ms: number) =>
    rig.db
      .update(transactionExports)
      .set({ createdAt: Date.now() - ms })
      .where(eq(transactionExports.id, body.exportId));
  await age(EXPORT_KEPT - 60_000);
  expect((await seller.file(body.exportId)).status).toBe(200);
  await age(EXPORT_KEPT);
  expectProblem(await seller.file(body.exportId), 410, 'EXPORT_EXPIRED');
  expect(await sweepExports(rig.db, Date.now() + EXPORT_KEPT)).toBeGreaterThan(0);
  expectProblem(await seller.file(body.exportId), 410, 'EXPORT_EXPIRED');
  expectProblem(await rig.as('seller', 'S2').file(body.exportId), 404, 'NOT_FOUND');
  expectProblem(await seller.file('not-an-id'), 400, 'INVALID_REQUEST');
  expectProblem(await seller.file('7d6f1e58-8c3f-4c0e-9d5a-111111111111'), 404, 'NOT_FOUND');
});
