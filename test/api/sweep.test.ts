import { eq } from 'drizzle-orm';
import pino from 'pino';
import { startSweep } from '../../api/sweep';
import { getOrder, unstartedLines } from '../../db/order-lines';
import { registerOrder } from '../../db/orders';
import { orderLines } from '../../db/schema';
import { viewStore } from '../../db/views';
import type { Database } from '../../db/connect';
import { makeExport } from '../../db/exports/exports';
import { transactionExportPages } from '../../db/exports/schema';
import { EXPORT_KEPT } from '../../domain/ledger/transaction-export';
import { sampleOrder, sampleView } from '../db/samples';
import { openTestDatabase, testKeys } from '../support/database';
import { eventually } from '../support/eventually';
import { StandInLines } from './stand-in-lines';

let db: Database;
let close: () => Promise<void>;
let lines: StandInLines;
let logged: string[];
beforeEach(async () => {
  ({ db, close } = await openTestDatabase());
  lines = new StandInLines(db);
  logged = [];
});
afterEach(() => close());

/** Runs a sweep until `opened` lines were started so often, all rounds together. */
async function sweepUntil(opened: number, interval = 60_000): Promise<void> {
  const reached = new Promise<void>((resolve) => {
    const open = lines.open.bind(lines);
    let answered = 0;
    lines.open = async (start) => {
      const state = await open(start).catch(() => 'pending' as const);
      if ((answered += 1) >= opened) resolve();
      return state;
    };
  });
  const logger = pino({}, { write: (line) => void logged.push(line) });
  const sweep = startSweep({ database: db, lines, logger, interval });
  await reached;
  await sweep.stop();
}

const openedLines = () => lines.opened.map(({ line }) => line.orderLineId).sort();

it('starts at once what was registered and never began, and nothing else', async () => {
  await registerOrder(db, testKeys, sampleOrder('O1', ['A', 'B']));
  await registerOrder(db, testKeys, sampleOrder('O2', ['C']));
  await viewStore(db).save('O1', 'A', sampleView(1));
  await sweepUntil(2);
  expect(openedLines()).toEqual(['B', 'C']);
  expect(lines.opened[0]).toEqual(sampleOrder('O1', ['A', 'B']).starts[1]);
});

const told = () => logged.map((line) => JSON.parse(line) as object);

it('tells how many were started, and how many wait for a worker', async () => {
  await registerOrder(db, testKeys, sampleOrder('O1', ['A', 'B', 'C']));
  const open = lines.open.bind(lines);
  lines.open = async (start) =>
    (await open(start)) === 'started' && start.line.orderLineId === 'A' ? 'started' : 'pending';
  await sweepUntil(3);
  expect(told()).toEqual([expect.objectContaining({ started: 1, pending: 2 })]);
});

it('reads no more at once than it starts', async () => {
  const ids = Array.from({ length: 25 }, (_, n) => `L${n}`);
  await registerOrder(db, testKeys, sampleOrder('O1', ids));
  const whole = await unstartedLines(db, 100);
  expect(whole.map(({ orderLineId }) => orderLineId)).toEqual([...ids].sort());
  expect(await unstartedLines(db, 10)).toEqual(whole.slice(0, 10));
  expect(await unstartedLines(db, 10, whole[9])).toEqual(whole.slice(10, 20));
  expect(await unstartedLines(db, 10, whole[19])).toEqual(whole.slice(20));
});

it('starts more than one batch', async () => {
  const ids = Array.from({ length: 25 }, (_, n) => `L${n}`);
  await registerOrder(db, testKeys, sampleOrder('O1', ids));
  await sweepUntil(25);
  expect(openedLines()).toEqual([...ids].sort());
});

it('tries again each round until the line has said something', async () => {
  lines.silent = true;
  await registerOrder(db, testKeys, sampleOrder('O1', ['A']));
  await sweepUntil(3, 1);
  expect(new Set(openedLines())).toEqual(new Set(['A']));
});

it('has a line that runs, and that the registry has forgotten, write its view again', async () => {
  await registerOrder(db, testKeys, sampleOrder('O1', ['A', 'B']));
  lines.deaf = true;
  await sweepUntil(2);
  lines.deaf = false;
  await db
    .update(orderLines)
    .set({ createdAt: Date.now() - 60_000 })
    .where(eq(orderLines.id, 'A'));
  lines.open = () => Promise.resolve('started');
  const sweep = startSweep({ database: db, lines, logger: pino({ enabled: false }), interval: 1 });
  const revisions = async () => (await getOrder(db, 'O1')).map(({ view }) => view.revision);
  // The young one may be about to write.
  expect(await eventually(revisions, ([a]) => a === 1)).toEqual([1, 0]);
  await sweep.stop();
});

it('deletes what was exported and has expired', async () => {
  lines.silent = true;
  await registerOrder(db, testKeys, sampleOrder('O1', ['A']));
  const party = { role: 'seller', sub: 'S1' } as const;
  const now = Date.now();
  await makeExport(db, party, { format: 'csv', filter: {} }, now - EXPORT_KEPT);
  const young = await makeExport(db, party, { format: 'csv', filter: {} }, now);
  await sweepUntil(2, 1);
  const left = await db.select().from(transactionExportPages);
  expect(left.map(({ exportId }) => exportId)).toEqual([young.id]);
});

it('outlives a database that fails, and says so', async () => {
  await registerOrder(db, testKeys, sampleOrder('O1', ['A']));
  const failing = Object.create(db, {
    select: {
      value: jest
        .fn()
        .mockImplementationOnce(() => fail())
        .mockImplementation(db.select.bind(db)),
    },
  }) as Database;
  const broken = db;
  db = failing;
  await sweepUntil(1, 1);
  db = broken;
  expect(openedLines()).toEqual(['A']);
  expect(logged.join()).toContain('the sweep failed');
});

it('stops while a line does not answer', async () => {
  await registerOrder(db, testKeys, sampleOrder('O1', ['A']));
  const asked = new Promise<void>((resolve) => {
    lines.open = () => {
      resolve();
      return new Promise(() => undefined);
    };
  });
  const sweep = startSweep({ database: db, lines, logger: pino({ enabled: false }) });
  await asked;
  await expect(sweep.stop()).resolves.toBeUndefined();
});

function fail(): never {
  throw new Error('the database is away');
}
