import { Client } from '@temporalio/client';
import { NativeConnection, Runtime as TemporalRuntime } from '@temporalio/worker';
import type { DataConverter } from '@temporalio/common';
import type { Logger } from 'pino';
import { createActivities, type Activities } from '../activities';
import type { BillDeps } from '../activities/billing';
import { CHINA } from '../activities/calendar';
import { createEgress } from '../activities/production';
import { appInfoStore } from '../db/app-info';
import { certificationStore } from '../db/certification/certifications';
import { billBooks } from '../db/billing/bill-books';
import type { OpenDatabase } from '../db/connect';
import { licenseStore } from '../db/licenses';
import { mailDirectory } from '../db/mail-directory';
import { mailLog } from '../db/mails';
import { migrate } from '../db/migrate';
import { recipientDirectory } from '../db/recipients';
import { sellerCallLog } from '../db/seller-calls';
import { sellerDirectory } from '../db/seller-directory';
import { billingRuns } from '../db/ledger/billing-runs';
import { unsubscriptionQuota } from '../db/unsubscription-quota';
import { viewStore } from '../db/views';
import { StewardError } from '../domain/errors';
import type { WorkerProfile } from '../temporal.config';
import { billStarter } from './bill-starter';
import { sweepBills } from './bill-sweep';
import { bundleLines } from './bundle-lines';
import { watchCalendar } from './calendar-watch';
import { EncryptionCodec } from './codec/encryption-codec';
import { connectClient, type ClosableConnection } from './connection';
import { createDataConverter } from './data-converter';
import { openOperations, type Operations } from './metrics';
import { registerSearchAttributes, setRetention } from './namespace';
import { createOrderWorker, createSettlementWorker } from './run';
import { runTogether, type RunningWorkers } from './running';
import { grpcError } from './grpc-error';
import { ensureSchedules } from './schedules';
import type { Settings, SharedSettings, WorkerSettings } from './settings';
import { startTracing, type Tracing } from './tracing';
import { workflowCode } from './workflow-code';

/** What the processes of Steward share: the database, and a client of Temporal that speaks in cipher. */
export interface Runtime<Part extends SharedSettings = Settings> {
  settings: Part;
  database: OpenDatabase;
  client: Client;
  dataConverter: DataConverter;
  /** Without `STEWARD_METRICS_LISTEN` there are none. */
  operations?: Operations | undefined;
  /** Without `OTEL_EXPORTER_OTLP_ENDPOINT` there is none. */
  tracing?: Tracing | undefined;
  close(): Promise<void>;
}

/**
 * Migrates the database, which stays its owner's to close, and prepares the Temporal namespace. Whoever operates the
 * process sees it from the first moment on.
 *
 * @throws `TEMPORAL_UNAVAILABLE`, or `PORT_BUSY` for `STEWARD_METRICS_LISTEN`
 */
export async function openRuntime<Part extends SharedSettings>(
  settings: Part,
  database: OpenDatabase,
): Promise<Runtime<Part>> {
  const { metricsListen, tracesUrl } = settings;
  const operations = metricsListen && (await openOperations(metricsListen, database.db));
  const tracing = tracesUrl === undefined ? undefined : startTracing(tracesUrl);
  const closeObservers = async (): Promise<void> => {
    await operations?.close();
    await tracing?.close();
  };
  try {
    await migrate(database.db);
    const temporal = await connectTemporal(settings);
    const dataConverter = createDataConverter(new EncryptionCodec(settings.keys.codec));
    const client = new Client({
      connection: temporal.connection,
      namespace: settings.temporal.namespace,
      dataConverter,
      interceptors: { workflow: tracing ? [tracing.client] : [] },
    });
    const close = async (): Promise<void> => {
      await temporal.close();
      await closeObservers();
    };
    return { settings, database, client, dataConverter, operations, tracing, close };
  } catch (error) {
    await closeObservers();
    throw error;
  }
}

/** A connection to a namespace that has what orders and billing runs need. */
async function connectTemporal(settings: SharedSettings): Promise<ClosableConnection> {
  const { connection: options, namespace } = settings.temporal;
  const closable = await connectClient(options).catch(temporalUnavailable(settings));
  try {
    await registerSearchAttributes(closable.connection, namespace);
    await setRetention(closable.connection, namespace);
    await ensureSchedules(closable.connection, namespace);
    return closable;
  } catch (cause) {
    await closable.close();
    return temporalUnavailable(settings)(cause);
  }
}

/** The activities on the real outside: SQL, sellers, the platform, carriers and mail. */
export function activitiesOf(runtime: Runtime<WorkerSettings>): Activities {
  const { settings, database, client, operations } = runtime;
  const { db } = database;
  const { keys, platformUrl, egress, mail, logistics } = settings;
  const { allow, ca } = egress;
  return createActivities({
    directory: sellerDirectory(db, keys.master),
    calls: sellerCallLog(db),
    measure: operations?.metrics.sellerCall,
    appInfo: appInfoStore(db, keys.master),
    egress: createEgress({ allow, ...(ca !== undefined && { ca }) }),
    platform: { url: platformUrl, secret: keys.webhookSecret },
    views: viewStore(db),
    certifications: certificationStore(db),
    calendar: CHINA,
    licenses: licenseStore(db, keys.master),
    logistics,
    recipients: recipientDirectory(db, keys.master),
    quota: unsubscriptionQuota(db),
    billing: billingRuns(db),
    closesEarly: settings.closesEarly,
    ...billDepsOf(runtime),
    mail,
    mails: mailLog(db),
    mailDirectory: mailDirectory(db, keys.master),
    bundleLines: bundleLines(client),
  });
}

/** What bills are started with, by a billing run or by the sweep. */
function billDepsOf({ settings, database, client }: Runtime<WorkerSettings>): BillDeps {
  return {
    bills: billBooks(database.db),
    billStarter: billStarter(client),
    billWindows: settings.billWindows,
  };
}

/**
 * Starts the workers of this process, for orders and for settlement. While they run, bills that no run has started
 * are, and `logger` is warned of years that the calendar lacks. Rejects with `TEMPORAL_UNAVAILABLE`, or with what its settings lack.
 */
export async function startWorkers(
  runtime: Runtime<WorkerSettings>,
  profile: WorkerProfile,
  logger: Logger,
): Promise<RunningWorkers> {
  const { settings, dataConverter, operations, tracing } = runtime;
  const { connection: options, namespace } = settings.temporal;
  const workflowBundle = await workflowCode(TemporalRuntime.instance().logger);
  const connection = await NativeConnection.connect(options).catch(temporalUnavailable(settings));
  try {
    const setup = {
      ...{ connection, namespace, dataConverter, workflowBundle, profile },
      activities: activitiesOf(runtime),
      deployment: settings.deployment,
      tracing: tracing?.worker,
    };
    const workers = runTogether([await createOrderWorker(setup), await createSettlementWorker(setup)]);
    operations?.metrics.worker(workers.running);
    operations?.readyWhen(() => Promise.resolve({ worker: workers.running() }));
    const watch = watchCalendar({ calendar: CHINA, logger });
    const sweep = sweepBills({ deps: billDepsOf(runtime), logger });
    const ended = workers.ended.finally(async () => {
      watch.stop();
      await sweep.stop();
      await connection.close();
    });
    return { ...workers, ended, stop: () => workers.stop().finally(() => ended) };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Tells what is wrong with Temporal in its own words, and where it was looked for. */
function temporalUnavailable({ temporal }: SharedSettings): (cause: unknown) => never {
  return (cause) => {
    const address = temporal.connection.address ?? 'its default address';
    const reason = cause instanceof Error ? reasonOf(cause) : String(cause);
    throw new StewardError('TEMPORAL_UNAVAILABLE', { address, reason }, { cause });
  };
}

/** The SDK says what failed, its cause why. */
function reasonOf({ message, cause }: Error): string {
  const said = grpcError(cause);
  return said ? `${message}: ${said.details}` : message;
}
