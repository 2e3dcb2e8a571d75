import v8 from 'node:v8';
import vm from 'node:vm';
import type { PGlite } from '@electric-sql/pglite';
import { NativeConnection } from '@temporalio/worker';
import pino from 'pino';
import { serveApi } from '../cli/serve-api';
import { Closers } from '../cli/up/closers';
import { openDatabase, type OpenDatabase } from '../db/connect';
import { registerOrder } from '../db/orders';
import { createLogger, installRuntimeLogger, toTemporalLogger } from '../workers/logger';
import { createOrderWorker, createSettlementWorker } from '../workers/run';
import { activitiesOf, openRuntime, type Runtime } from '../workers/runtime';
import { readSettings } from '../workers/settings';
import { countPglite, countPostgres, type SqlCount } from './sql-count';
import type { Question, SubjectSetup, Usage, Word } from './subject-messages';

/**
 * A process under test: Steward as it is, but for the workflow code of its worker, which is the file that it is told.
 * Talks with the benchmark over IPC and ends with it.
 */
async function main(): Promise<void> {
  const setup = JSON.parse(process.env['STEWARD_BENCH_SUBJECT'] ?? '') as SubjectSetup;
  const closers = new Closers();
  const log = createLogger({
    level: 'warn',
    destination: pino.destination({ dest: setup.logFile, mkdir: true }),
  });
  const { database, sql } = await openCounted(setup);
  closers.add('database', () => database.close());
  const runtime = await openRuntime(readSettings(process.env), database);
  closers.add('Temporal client', () => runtime.close());
  if (setup.role !== 'api') await startWorker(runtime, setup, log, closers);
  const address = { host: '127.0.0.1', port: 0, portOption: '' };
  const servesApi = setup.role === 'all' || setup.role === 'api';
  const api = servesApi ? await serveApi(runtime, log, address) : null;
  if (api) closers.add('API', () => api.close());

  const answer = async (question: Question): Promise<void> => {
    if (question.ask === 'stop') {
      await closers.closeAll((what, error) => log.error({ err: error }, `${what} did not stop`));
      process.exit();
    }
    if (question.ask === 'register') {
      for (const { body, start } of question.orders) {
        const begins = () => ({ node: 'OPENING', waitingFor: 'seller' }) as const;
        await registerOrder(database.db, runtime.settings.keys.master, { body, starts: [start], begins });
      }
    }
  };
  process.on('message', ({ id, question }: { id: number; question: Question }) => {
    answer(question).then(() => say({ is: 'answer', id, usage: usageNow(sql) }), fail);
  });
  process.on('disconnect', () => process.exit());
  say({ is: 'up', apiUrl: api?.url ?? null });
}

async function openCounted({
  databaseFolder,
}: SubjectSetup): Promise<{ database: OpenDatabase; sql: SqlCount }> {
  if (databaseFolder === null) {
    const sql = countPostgres();
    return { database: await openDatabase({ url: process.env['DATABASE_URL'] }), sql };
  }
  const database = await openDatabase({ folder: databaseFolder });
  return { database, sql: countPglite((database.db as unknown as { $client: PGlite }).$client) };
}

async function startWorker(
  runtime: Runtime,
  { role, workflowBundle, maxCachedWorkflows }: SubjectSetup,
  log: pino.Logger,
  closers: Closers,
): Promise<void> {
  const { settings, dataConverter } = runtime;
  const { connection: options, namespace } = settings.temporal;
  installRuntimeLogger(toTemporalLogger(log));
  const connection = await NativeConnection.connect(options);
  const activities = activitiesOf(runtime);
  const common = {
    ...{ connection, namespace, activities, dataConverter },
    workflowBundle: { codePath: workflowBundle },
  };
  const worker =
    role === 'settlement'
      ? await createSettlementWorker(common)
      : await createOrderWorker(
          { ...common, profile: role === 'all' ? 'local' : 'server' },
          { ...(maxCachedWorkflows !== undefined && { maxCachedWorkflows }) },
        );
  const run = worker.run();
  run.catch(fail);
  closers.add('worker', async () => {
    worker.shutdown();
    await run;
    await connection.close();
  });
}

/** With the garbage gone, so that what is left is used. */
function usageNow(sql: SqlCount): Usage {
  v8.setFlagsFromString('--expose-gc');
  (vm.runInNewContext('gc') as () => void)();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  return { cpu: user + system, rss, heap: heapUsed, sql: { ...sql } };
}

function say(word: Word): void {
  process.send?.(word);
}

function fail(error: unknown): void {
  say({ is: 'failed', why: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  process.exit(1);
}

main().catch(fail);
