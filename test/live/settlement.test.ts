import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { settlementWorkflowId } from '../../domain/ids';
import type { RunKey } from '../../domain/ledger/bill';
import { steward, BIN } from '../cli/steward';
import { eventually } from '../support/eventually';
import { expectSound } from '../support/history-checks';
import { TEST_CODEC_KEYS } from '../support/keys';
import { LiveRig } from '../support/live-rig';
import { recordHistory } from '../support/record';
import { historiesOf } from '../../bench/histories';
import { startSettlementWorker } from '../support/settlement-worker';
import { TameLedger } from '../support/tame-ledger';

/** Billing runs as `steward settle` starts, joins and leaves them. */

let rig: LiveRig;
let ledger: TameLedger;
let stop: (() => Promise<void>) | undefined;
let env: Record<string, string>;

beforeAll(async () => {
  const dynamicConfig = { 'history.workflowIdReuseMinimalInterval': '"1ms"' };
  rig = await LiveRig.start({ server: { dynamicConfig } });
  const { connection, namespace } = rig.runtime.settings.temporal;
  env = {
    TEMPORAL_ADDRESS: connection.address!,
    TEMPORAL_NAMESPACE: namespace,
    STEWARD_CODEC_KEYS: TEST_CODEC_KEYS,
  };
});
afterEach(async () => {
  await stop?.();
  stop = undefined;
});
afterAll(() => rig.end());

async function startWorker(sellers: number): Promise<void> {
  ledger = new TameLedger(sellers);
  stop = await startSettlementWorker(rig.runtime, ledger.activities);
}

const handleOf = (key: RunKey) => rig.runtime.client.workflow.getHandle(settlementWorkflowId(key));

async function expectSoundRuns(key: RunKey): Promise<number> {
  const histories = await historiesOf(rig.runtime.client, settlementWorkflowId(key));
  for (const [n, history] of histories.entries()) {
    await expectSound(history, settlementWorkflowId(key));
    recordHistory(history, settlementWorkflowId(key), String(n));
  }
  return histories.length;
}

const settle = (...args: string[]) => steward(['settle', ...args, '--json'], { env });

test('a month of both sites is billed once; asked for again it says what was billed', async () => {
  await startWorker(5);
  const first = await settle('--period', '202601');
  expect(first).toMatchObject({ exitCode: 0 });
  const ran = { period: '202601', before: false, sellers: 5, transactions: 5, keptBack: [] };
  expect(JSON.parse(first.stdout)).toMatchObject({
    runs: [
      { ...ran, site: 'china', workflowId: 'settlement/china/202601' },
      { ...ran, site: 'intl', workflowId: 'settlement/intl/202601' },
    ],
  });
  const again = await settle('--period', '202601', '--site', 'china');
  expect(JSON.parse(again.stdout)).toMatchObject({ runs: [{ ...ran, before: true }] });
  expect(ledger.opened).toHaveLength(2);
  await expectSoundRuns({ site: 'china', period: '202601' });
});

test('several who ask at once have one run, whose histories stay short', async () => {
  await startWorker(4_100);
  const key = { site: 'china', period: '202602' } as const;
  const all = await Promise.all(
    Array.from({ length: 8 }, () => settle('--period', key.period, '--site', key.site)),
  );
  for (const { stdout } of all) expect(JSON.parse(stdout)).toMatchObject({ runs: [{ sellers: 4_100 }] });
  expect(ledger.opened).toHaveLength(1);
  expect(ledger.billed).toHaveLength(4_100);
  expect(new Set(ledger.billed).size).toBe(4_100);
  expect(await expectSoundRuns(key)).toBe(3);
});

test('a run that was terminated goes on when it is asked for again', async () => {
  await startWorker(60);
  const key = { site: 'intl', period: '202603' } as const;
  let goOn = (): void => undefined;
  await stop?.();
  const held = new Promise<void>((resolve) => (goOn = resolve));
  stop = await startSettlementWorker(rig.runtime, {
    ...ledger.activities,
    billSellers: async (page) => {
      if (page.after !== null) await held;
      return ledger.billSellers(page);
    },
  });
  const asked = settle('--period', key.period, '--site', key.site);
  await eventually(
    () => Promise.resolve(ledger.billed.length),
    (billed) => billed > 0,
  );
  await handleOf(key).terminate('By mistake');
  const stopped = await asked;
  expect(stopped).toMatchObject({ exitCode: 1, stdout: '' });
  expect(stopped.stderr).toContain('SETTLEMENT_STOPPED: The billing run settlement/intl/202603 was stopped');
  goOn();
  expect(await settle('--period', key.period, '--site', key.site)).toMatchObject({ exitCode: 0 });
  expect(ledger.closed).toEqual([key]);
});

test('without a worker it says so; Ctrl-C leaves the run going, which ends by itself', async () => {
  const key = { site: 'china', period: '202604' } as const;
  const args = [BIN, 'settle', '--period', key.period, '--site', key.site];
  const child = spawn(process.execPath, args, { env: { PATH: process.env['PATH'], ...env } });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  await eventually(
    () => Promise.resolve(stderr),
    (text) => text.includes('waits for a worker'),
    60_000,
  );
  child.kill('SIGINT');
  expect(await once(child, 'close')).toEqual([130, null]);
  expect(stderr).toContain('The run goes on. See it with "steward settle --period 202604 --site china"');
  await startWorker(3);
  expect(await handleOf(key).result()).toMatchObject({ sellers: 3 });
});

test('a look before bills nothing', async () => {
  await startWorker(9);
  const { stdout } = await settle('--period', '202605', '--site', 'china', '--dry-run');
  expect(JSON.parse(stdout)).toMatchObject({ previews: [{ period: '202605', sellers: 9, closed: false }] });
  expect(ledger.opened).toEqual([]);
});

test('on the real ledger a month without transactions is closed with nothing', async () => {
  stop = await startSettlementWorker(rig.runtime);
  const { stdout } = await settle('--period', '202606', '--site', 'intl');
  expect(JSON.parse(stdout)).toMatchObject({ runs: [{ sellers: 0, transactions: 0, totals: [] }] });
});
