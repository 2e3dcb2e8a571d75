import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { loadDataConverter } from '@temporalio/common/lib/internal-non-workflow';
import { checkLedger } from '../../db/ledger/check';
import { settlementWorkflowId } from '../../domain/ids';
import { steward } from '../cli/steward';
import { complete, everything } from '../db/ledger/world';
import { eventually } from '../support/eventually';
import { expectSound, testDataConverter, workflowBundle } from '../support/history-checks';
import { TEST_CODEC_KEYS } from '../support/keys';
import { quietRuntime } from '../support/quiet';
import { endAllHomes } from '../support/up-home';
import { withDatabase } from './database';
import { inWorld, type World } from './world';

/** kill −9 amid a billing run: of the process that owns database, workers and API, and of the Temporal server. */

const MINUTES = 300_000;
const SELLERS = 300;
const KEY = { site: 'china', period: '202610' } as const;

/** Who is killed and started again. */
const VICTIMS = [
  {
    name: 'Steward',
    kill: (world: World) => world.killSteward(),
    start: (world: World) => world.startSteward(),
  },
  {
    name: 'the Temporal server',
    kill: (world: World) => world.killServer(),
    start: (world: World) => world.startServer(),
  },
];

beforeAll(async () => {
  quietRuntime();
  await workflowBundle();
  loadDataConverter(testDataConverter);
});
afterAll(endAllHomes);

/** A month in which each of many sellers has sold something once. */
async function sellMonth(world: World): Promise<void> {
  await world.killSteward();
  await withDatabase(world, async ({ db }) => {
    for (let n = 0; n < SELLERS; n += 1) {
      const sellerId = `seller-${String(n).padStart(4, '0')}`;
      await complete(db, `CS-OCTOBER-${n}`, Date.parse('2026-10-20T12:00:00+08:00'), { sellerId });
    }
  });
  await world.startSteward();
}

/** The run has billed so many pages. */
async function billed(handle: WorkflowHandle, pages: number): Promise<void> {
  const count = async () => {
    const { events } = await handle.fetchHistory().catch(() => ({ events: [] }));
    return (events ?? []).filter((event) => event.activityTaskCompletedEventAttributes != null).length;
  };
  // The first activity opens the run.
  await eventually(count, (done) => done > pages, 60_000);
}

test.each(VICTIMS)(
  'of $name: it goes on where it was, every transaction is in one bill, and a second run changes nothing',
  ({ kill, start }) =>
    inWorld(async (world) => {
      await sellMonth(world);
      const connection = await Connection.connect({ address: world.server.address });
      const client = new Client({ connection, dataConverter: testDataConverter });
      const handle = client.workflow.getHandle(settlementWorkflowId(KEY));
      const env = { TEMPORAL_ADDRESS: world.server.address, STEWARD_CODEC_KEYS: TEST_CODEC_KEYS };
      const settle = () => steward(['settle', '--period', KEY.period, '--site', KEY.site, '--json'], { env });

      const asked = settle();
      let killed = 0;
      for (const pages of [1, 6]) {
        await billed(handle, pages);
        await kill(world);
        killed = Date.now();
        await start(world);
      }
      const { exitCode, stdout } = await asked;
      expect(exitCode).toBe(0);
      const sums = { sellers: SELLERS, transactions: SELLERS, totals: [{ currency: 'CNY', bills: SELLERS }] };
      expect(JSON.parse(stdout)).toMatchObject({ runs: [{ ...KEY, before: false, ...sums }] });
      expect((await handle.describe()).closeTime?.getTime()).toBeGreaterThan(killed);
      await expectSound(await handle.fetchHistory(), handle.workflowId);
      expect(JSON.parse((await settle()).stdout)).toMatchObject({ runs: [{ before: true, ...sums }] });

      await world.steward?.ctrlC();
      world.steward = null;
      await withDatabase(world, async (open) => {
        const { bills, transactions } = await everything(open);
        expect(transactions).toHaveLength(SELLERS);
        expect(new Set(transactions.map(({ billId }) => billId)).size).toBe(SELLERS);
        expect(bills.map(({ transactions: n, grossMinor }) => [n, grossMinor])).toEqual(
          Array(SELLERS).fill([1, 10_000]),
        );
        expect(await checkLedger(open.db)).toEqual([]);
      });
      await connection.close();
    }, 'standard'),
  MINUTES,
);
