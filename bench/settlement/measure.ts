import { join } from 'node:path';
import type { Closers } from '../../cli/up/closers';
import { openDatabase, type OpenDatabase } from '../../db/connect';
import { CHECK_STATEMENT_LIMIT, checkLedger, type Finding } from '../../db/ledger/check';
import { migrate } from '../../db/migrate';
import { settlementWorkflowId } from '../../domain/ids';
import { cutOffOf, lastPeriodOver } from '../../domain/ledger/account-period';
import { TASK_QUEUES } from '../../temporal.config';
import { masterKeys } from '../../workers/keys';
import type { settlement } from '../../workflows';
import { historiesOf } from '../histories';
import type { Stage } from '../stage';
import type { SubjectSetup } from '../subject-messages';
import { SubjectProcess } from '../subject-process';
import { fillLedger } from './fill';
import { fingerprint } from './fingerprint';
import { nameOfSize, type LedgerSize } from './ledger-size';
import { peakRssOf, peakRssOfChildren } from './peak-rss';

/** What a billing run over a ledger took. */
export interface LedgerMeasured extends LedgerSize {
  /** What the run says that it has billed: all of it. */
  billed: LedgerSize;
  /** From the start of its workflow until its result. */
  seconds: number;
  secondsPerThousand: number;
  /** In its histories. */
  events: number;
  /** Of the worker's process, with PGlite the database in it, in MB; null where the system does not tell. */
  workerPeakRss: number | null;
  /** Of the largest process of PostgreSQL; null with PGlite. */
  databasePeakRss: number | null;
  /** Of the second run, which finds that all is done. */
  secondRunSeconds: number;
  secondRunChanged: boolean;
  /** Of `checkLedger`. */
  checkSeconds: number;
  findings: Finding[];
}

const DAY = 86_400_000;

/** Fills a ledger, has its month billed by a worker of its own process, twice, and checks it. */
export async function measureLedger(
  stage: Stage,
  size: LedgerSize,
  tell: (what: string) => void,
  closers: Closers,
): Promise<LedgerMeasured> {
  const name = nameOfSize(size);
  const period = lastPeriodOver(Date.now());
  tell(`${name}: filling the ledger`);
  await inDatabase(stage, name, async (open) => {
    await migrate(open.db);
    await fillLedger(open, masterKeys(stage.env(name)), size, cutOffOf(period) - 10 * DAY);
  });
  tell(`${name}: the billing run`);
  const first = await run(stage, name, period, closers);
  tell(`${name}: the check`);
  const { checkSeconds, findings, before } = await inDatabase(stage, name, async ({ db }) => {
    const start = performance.now();
    const found = await checkLedger(db);
    return { checkSeconds: secondsSince(start), findings: found, before: await fingerprint(db) };
  });
  tell(`${name}: the second run`);
  const second = await run(stage, name, period, closers);
  const after = await inDatabase(stage, name, ({ db }) => fingerprint(db));
  return {
    ...{ ...size, ...first, checkSeconds, findings },
    secondsPerThousand: (first.seconds / size.transactions) * 1_000,
    secondRunSeconds: second.seconds,
    secondRunChanged: after !== before,
  };
}

/** With PGlite only while no worker has it open. */
async function inDatabase<T>(
  stage: Stage,
  name: string,
  work: (open: OpenDatabase) => Promise<T>,
): Promise<T> {
  const open = await openDatabase({
    url: stage.env(name)['DATABASE_URL'],
    folder: folderOf(stage, name),
    statementLimit: CHECK_STATEMENT_LIMIT,
  });
  try {
    return await work(open);
  } finally {
    await open.close();
  }
}

const folderOf = (stage: Stage, name: string) => join(stage.folder, `pglite-${name}`);

/** The workflow that `steward settle` and the schedules start, whether it was run before or not. */
async function run(stage: Stage, name: string, period: string, closers: Closers) {
  const { server, bundles, folder } = stage;
  const setup: SubjectSetup = {
    role: 'settlement',
    workflowBundle: bundles.steward,
    logFile: join(folder, `${name}.log`),
    databaseFolder: server.databaseUrls ? null : folderOf(stage, name),
  };
  const worker = await SubjectProcess.start(setup, stage.env(name));
  closers.add(name, () => worker.stop());
  const start = performance.now();
  const key = { site: 'china', period } as const;
  const handle = await stage.client(name).workflow.start<typeof settlement>('settlement', {
    ...{ workflowId: settlementWorkflowId(key), taskQueue: TASK_QUEUES.settlement, args: [key] },
  });
  const { sellers, transactions } = await handle.result();
  const seconds = secondsSince(start);
  const histories = await historiesOf(stage.client(name), handle.workflowId);
  const workerPeakRss = await peakRssOf(worker.pid);
  const databasePeakRss = server.postgresPid === null ? null : await peakRssOfChildren(server.postgresPid);
  await worker.stop();
  return {
    billed: { sellers, transactions },
    seconds,
    events: histories.reduce((sum, { events }) => sum + (events?.length ?? 0), 0),
    workerPeakRss,
    databasePeakRss,
  };
}

const secondsSince = (start: number) => (performance.now() - start) / 1_000;
