import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import { TRANSACTION_FILES } from '../../api/transaction-file';
import { COLUMNS } from '../../api/transaction-file/columns';
import type { ListedTransaction } from '../../domain/ledger/listed-transaction';
import { EXPORT_FORMATS, type ExportFormat } from '../../domain/ledger/transaction-export';
import { eventually } from '../support/eventually';

/** The files of transactions, as other programs read them. */

const TRANSACTION: ListedTransaction = {
  transactionId: 'refund/O1-000001/O1-000001-U1',
  kind: 'REFUND',
  site: 'china',
  orderId: 'O1',
  orderLineId: 'O1-000001',
  sellerId: 'S1',
  sellerName: '示例软件（上海）有限公司',
  buyerId: 'B1',
  productId: 'P1',
  productName: '客户管理 "CRM", 版本 2',
  trade: 'joint',
  variant: 'joint',
  chargingMode: 'PERIOD',
  gross: { currency: 'CNY', minor: -4_000 },
  fee: { currency: 'CNY', minor: -7 },
  net: { currency: 'CNY', minor: -3_993 },
  feeRate: 17,
  orderedAt: '2026-09-30T23:59:59.999+08:00',
  completedAt: '2026-10-01T00:00:00.000+08:00',
  accountPeriod: '202610',
  credit: false,
  repaidAt: null,
  billingState: 'PENDING',
  billId: null,
  keptBack: 'BILLING_DATE_NOT_REACHED',
};

async function* pagesOf(...changes: Partial<ListedTransaction>[]) {
  await Promise.resolve();
  yield changes.map((change) => ({ ...TRANSACTION, ...change }));
}

const bytesOf = async (format: ExportFormat, changes: Partial<ListedTransaction>[]) =>
  Buffer.concat(await TRANSACTION_FILES[format].write(pagesOf(...changes)).toArray());
const csvOf = async (...changes: Partial<ListedTransaction>[]) => (await bytesOf('csv', changes)).toString();
const xlsxOf = async (...changes: Partial<ListedTransaction>[]) => readSheet(await bytesOf('xlsx', changes));

const HEADERS = COLUMNS.map(({ header }) => header);
const at = (english: string) => HEADERS.findIndex((header) => header.includes(english));

/** The cells of a CSV file; its text keeps every character. */
const cellsOf = (csv: string) => parse(csv, { bom: true });

describe('CSV', () => {
  it('begins with a byte order mark and the names of its columns, and has a line for each transaction', async () => {
    const csv = await csvOf({});
    expect(Buffer.from(csv).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(csv.endsWith('\r\n')).toBe(true);
    const [head, row, ...rest] = cellsOf(csv);
    expect(head).toEqual(HEADERS);
    expect(rest).toEqual([]);
    expect(row).toEqual([
      'refund/O1-000001/O1-000001-U1',
      ...['退款 REFUND', 'china', 'O1', 'O1-000001', 'S1', '示例软件（上海）有限公司', 'B1', 'P1'],
      ...['客户管理 "CRM", 版本 2', 'joint', 'joint', 'PERIOD', 'CNY', '-40.00', '0.17%', '-0.07', '-39.93'],
      ...['2026-09-30 23:59:59', '2026-10-01 00:00:00', '', '202610', '待出账 PENDING', ''],
      '未到出账日 BILLING_DATE_NOT_REACHED',
    ]);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1+1'])(
    'has no formula of %j',
    async (productName) => {
      const [, row] = cellsOf(await csvOf({ productName, sellerName: productName }));
      expect(row![at('Product name')]).toBe(`'${productName}`);
      expect(row![at('Seller name')]).toBe(`'${productName}`);
    },
  );
});

describe('XLSX', () => {
  it('has the names of its columns, texts, and amounts as numbers', async () => {
    const [head, row, ...rest] = await xlsxOf({});
    expect(head).toEqual(HEADERS);
    expect(rest).toEqual([]);
    const at = (english: string) => row![HEADERS.findIndex((header) => header.includes(english))];
    expect([at('Gross'), at('Fee'), at('Net')]).toEqual([-40, '0.17%', -39.93]);
    expect(at('Seller name')).toBe('示例软件（上海）有限公司');
    expect(at('Product name')).toBe('客户管理 "CRM", 版本 2');
    expect(at('Completed at')).toBe('2026-10-01 00:00:00');
    expect(at('Account period')).toBe('202610');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '=cmd|"/c calc"!A1', '<f>1+1</f>'])(
    'writes %j as a text',
    async (productName) => {
      const [, row] = await xlsxOf({ productName });
      expect(row![at('Product name')]).toBe(productName);
    },
  );
});

describe.each(EXPORT_FORMATS)('a %s file', (format) => {
  it('of nothing has the names of its columns', async () => {
    const [head, ...rest] = format === 'csv' ? cellsOf(await csvOf()) : await xlsxOf();
    expect(head).toEqual(HEADERS);
    expect(rest).toEqual([]);
  });

  it.each([0, 1, -1, 10, 1_005, -99_999_999_999_999, 100_000_000_000_000])(
    'has %d minor units exactly',
    async (minor) => {
      const gross = { currency: 'CNY', minor };
      const [, row] = format === 'csv' ? cellsOf(await csvOf({ gross })) : await xlsxOf({ gross });
      const cell = row![at('Gross')];
      // Text in CSV, with both decimals; a number in XLSX, as near as numbers come.
      const text = format === 'csv' ? cell : (cell as number).toFixed(2);
      expect(text).toBe(decimalOf(minor));
    },
  );

  it('ends before its time when what it is made of fails', async () => {
    async function* broken() {
      yield* pagesOf({}, {});
      throw new Error('the database is away');
    }
    await expect(TRANSACTION_FILES[format].write(broken()).toArray()).rejects.toThrow('the database is away');
  });

  it('is read no further than it is taken, and let go with it', async () => {
    const source = manyPages(200);
    const file = TRANSACTION_FILES[format].write(source.pages);
    for await (const chunk of file) {
      expect(chunk).toBeDefined();
      await sleep(200);
      break;
    }
    // The page in hand comes to its end first.
    await expect(eventually(() => Promise.resolve(source.ended()), Boolean)).resolves.toBe(true);
    expect(source.read()).toBeLessThan(60);
  });

  it('is made in memory that does not grow with it', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const heaps: number[] = [];
    const source = manyPages(40, (page) => {
      if (page % 10 !== 9) return;
      collect();
      heaps.push(process.memoryUsage().heapUsed);
    });
    let bytes = 0;
    for await (const chunk of TRANSACTION_FILES[format].write(source.pages))
      bytes += (chunk as Buffer).length;
    expect(source.read()).toBe(40);
    expect(bytes).toBeGreaterThan(0);
    // All that was read is more than 20 MB: kept, it would show.
    const early = heaps[0] ?? 0;
    expect(Math.max(...heaps) - early).toBeLessThan(12_000_000);
  });
});

/** Minor units as people write them, without any arithmetic. */
function decimalOf(minor: number): string {
  const [, sign = '', whole = '', cents = ''] = /^(-?)(\d+)(\d\d)$/.exec(
    `${minor < 0 ? '-' : ''}${String(Math.abs(minor)).padStart(3, '0')}`,
  )!;
  return `${sign}${whole}.${cents}`;
}

/** Pages of a thousand, made when they are asked for. */
function manyPages(n: number, beforePage: (page: number) => void = () => undefined) {
  let read = 0;
  let ended = false;
  async function* pages() {
    try {
      for (; read < n; read += 1) {
        beforePage(read);
        await Promise.resolve();
        yield Array.from({ length: 1_000 }, (_, k) => ({
          ...TRANSACTION,
          orderLineId: `O1-${read}-${k}`,
          billId: `S1/202610/china/joint/CNY-${read}-${k}`,
        }));
      }
    } finally {
      ended = true;
    }
  }
  return { pages: pages(), read: () => read, ended: () => ended };
}
