import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { openDatabase } from '../../db/connect';
import { checkLedger } from '../../db/ledger/check';
import { settlementWorkflowId } from '../../domain/ids';
import type { RunKey } from '../../domain/ledger/bill';
import { TASK_QUEUES } from '../../temporal.config';
import { freePort, startPostgres, type PostgresServer } from '../../workers/servers';
import type { settlement } from '../../workflows';
import { complete, everything } from '../db/ledger/world';
import { eventually } from '../support/eventually';
import { expectSound } from '../support/history-checks';
import { LiveRig } from '../support/live-rig';
import { startSettlementWorker } from '../support/settlement-worker';

/** kill −9 of PostgreSQL amid a transaction of a billing run; the process with worker and API lives on. */

/** Three pages of a run. */
const SELLERS = Array.from({ length: 60 }, (_, n) => `seller-${String(n).padStart(2, '0')}`);

/** What the transaction has just written when the server dies. */
const PLACES = [
  ['is opened', '202607', 'insert on settlement_sellers for each row'],
  ['is at its second page', '202608', `insert on bills for each row when (new.seller_id = '${SELLERS[30]}')`],
  ['is closed', '202609', 'update on settlement_runs for each row'],
] as const;

/** A write waits while somebody holds the lock of its month. */
const HELD = `create function held() returns trigger language plpgsql as
  $$ begin perform pg_advisory_xact_lock_shared(tg_argv[0]::int); return null; end $$`;

let folder: string;
let place: { folder: string; port: number };
let postgres: PostgresServer;
let rig: LiveRig;
let stopWorker: () => Promise<void>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'steward-kill-postgres-'));
  place = { folder, port: await freePort() };
  postgres = await startPostgres(place);
  rig = await LiveRig.start({ database: await openDatabase({ url: postgres.url }) });
  const { db } = rig.runtime.database;
  await db.execute(HELD);
  for (const [, period, write] of PLACES) {
    await db.execute(`create trigger held_${period} after ${write} execute function held(${period})`);
  }
  stopWorker = await startSettlementWorker(rig.runtime);
});
afterAll(async () => {
  await stopWorker();
  await rig.end();
  await postgres.stop();
  rmSync(folder, { recursive: true });
});

/** Runs it, again too when it was run before. */
function start(key: RunKey) {
  return rig.runtime.client.workflow.start<typeof settlement>('settlement', {
    ...{ workflowId: settlementWorkflowId(key), taskQueue: TASK_QUEUES.settlement, args: [key] },
  });
}

/** `kill -9`, and a start on what that leaves. */
async function killPostgres(): Promise<void> {
  process.kill(postgres.pid, 'SIGKILL');
  await postgres.exited;
  const again = () => startPostgres(place).catch(() => null);
  // The sessions of the killed one keep its memory until they have noticed.
  postgres = (await eventually(again, (started) => started !== null))!;
}

/** Kills it as soon as the transaction of the run stands in front of the lock. */
async function killAmid(period: string, begin: () => Promise<unknown>): Promise<void> {
  const session = new Client({ connectionString: postgres.url });
  session.on('error', () => undefined);
  await session.connect();
  await session.query(`select pg_advisory_lock(${period})`);
  await begin();
  const waiting = () => session.query(`select from pg_locks where locktype = 'advisory' and not granted`);
  await eventually(waiting, ({ rowCount }) => rowCount === 1);
  await killPostgres();
  await session.end();
}

test.each(PLACES)('when a run %s, it goes on and ends by itself', async (_, period) => {
  const { database } = rig.runtime;
  const key = { site: 'china', period } as const;
  const at = Date.parse(`${period.slice(0, 4)}-${period.slice(4)}-20T12:00:00+08:00`);
  for (const sellerId of SELLERS) await complete(database.db, `CS-${period}-${sellerId}`, at, { sellerId });

  await killAmid(period, () => start(key));
  const handle = rig.runtime.client.workflow.getHandle<typeof settlement>(settlementWorkflowId(key));
  const sums = { sellers: SELLERS.length, transactions: SELLERS.length };
  expect(await handle.result()).toMatchObject({ ...sums, totals: [{ bills: SELLERS.length }] });
  await expectSound(await handle.fetchHistory(), handle.workflowId);

  const after = await everything(database);
  const billed = after.transactions.filter(({ orderId }) => orderId.startsWith(`CS-${period}`));
  const ofPeriod = after.bills.filter((bill) => bill.period === period);
  expect(billed.map(({ billId }) => billId).sort()).toEqual(ofPeriod.map(({ id }) => id).sort());
  expect(ofPeriod.map(({ transactions: n, grossMinor }) => [n, grossMinor])).toEqual(
    SELLERS.map(() => [1, 10_000]),
  );
  expect(await checkLedger(database.db)).toEqual([]);

  expect(await (await start(key)).result()).toMatchObject(sums);
  expect(await everything(database)).toEqual(after);
});
