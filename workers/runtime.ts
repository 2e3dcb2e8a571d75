import { Client } from '@temporalio/client';
import { NativeConnection, type Worker } from '@temporalio/worker';
import type { DataConverter } from '@temporalio/common';
import type { Logger } from 'pino';
import { createActivities, type Activities } from '../activities';
import { CHINA } from '../activities/calendar';
import { createEgress } from '../activities/production';
import { appInfoStore } from '../db/app-info';
import type { OpenDatabase } from '../db/connect';
import { licenseStore } from '../db/licenses';
import { mailDirectory } from '../db/mail-directory';
import { mailLog } from '../db/mails';
import { migrate } from '../db/migrate';
import { recipientDirectory } from '../db/recipients';
import { sellerCallLog } from '../db/seller-calls';
import { sellerDirectory } from '../db/seller-directory';
import { unsubscriptionQuota } from '../db/unsubscription-quota';
import { viewStore } from '../db/views';
import { StewardError } from '../domain/errors';
import type { WorkerProfile } from '../temporal.config';
import { bundleLines } from './bundle-lines';
import { watchCalendar } from './calendar-watch';
import { EncryptionCodec } from './codec/encryption-codec';
import { connectClient } from './connection';
import { createDataConverter } from './data-converter';
import { registerSearchAttributes, setRetention } from './namespace';
import { createOrderWorker } from './run';
import type { Settings, SharedSettings, WorkerSettings } from './settings';

/** What the processes of Steward share: the database, and a client of Temporal that speaks in cipher. */
export interface Runtime<Part extends SharedSettings = Settings> {
  settings: Part;
  database: OpenDatabase;
  client: Client;
  dataConverter: DataConverter;
  close(): Promise<void>;
}

/**
 * Migrates the database, which stays its owner's to close, and prepares the Temporal namespace.
 *
 * @throws `TEMPORAL_UNAVAILABLE`
 */
export async function openRuntime<Part extends SharedSettings>(
  settings: Part,
  database: OpenDatabase,
): Promise<Runtime<Part>> {
  await migrate(database.db);
  const { connection: options, namespace } = settings.temporal;
  const closable = await connectClient(options).catch(temporalUnavailable(settings));
  const { connection } = closable;
  try {
    await registerSearchAttributes(connection, namespace);
    await setRetention(connection, namespace);
  } catch (cause) {
    await closable.close();
    return temporalUnavailable(settings)(cause);
  }
  const dataConverter = createDataConverter(new EncryptionCodec(settings.keys.codec));
  const client = new Client({ connection, namespace, dataConverter });
  return { settings, database, client, dataConverter, close: () => closable.close() };
}

/** The activities on the real outside: SQL, sellers, the platform, carriers and mail. */
export function activitiesOf({ settings, database: { db }, client }: Runtime<WorkerSettings>): Activities {
  const { keys, platformUrl, egress, mail, logistics } = settings;
  const { allow, ca } = egress;
  return createActivities({
    directory: sellerDirectory(db, keys.master),
    calls: sellerCallLog(db),
    appInfo: appInfoStore(db, keys.master),
    egress: createEgress({ allow, ...(ca !== undefined && { ca }) }),
    platform: { url: platformUrl, secret: keys.webhookSecret },
    views: viewStore(db),
    calendar: CHINA,
    licenses: licenseStore(db, keys.master),
    logistics,
    recipients: recipientDirectory(db, keys.master),
    quota: unsubscriptionQuota(db),
    mail,
    mails: mailLog(db),
    mailDirectory: mailDirectory(db, keys.master),
    bundleLines: bundleLines(client),
  });
}

/** A worker that runs until it is stopped, or fails. */
export interface RunningWorker {
  /** Settles when the worker has ended; rejects when it failed. */
  ended: Promise<void>;
  /** Lets running activities finish within the grace, then resolves. */
  stop(): Promise<void>;
}

/**
 * Starts the worker of this process. While it runs, `logger` is warned of years that the calendar lacks.
 * Rejects with `TEMPORAL_UNAVAILABLE`, or with what its settings lack.
 */
export async function startWorker(
  runtime: Runtime<WorkerSettings>,
  profile: WorkerProfile,
  logger: Logger,
): Promise<RunningWorker> {
  const { settings, dataConverter } = runtime;
  const { connection: options, namespace } = settings.temporal;
  const connection = await NativeConnection.connect(options).catch(temporalUnavailable(settings));
  try {
    const activities = activitiesOf(runtime);
    const worker = await createOrderWorker({ connection, namespace, dataConverter, profile, activities });
    const watch = watchCalendar({ calendar: CHINA, logger });
    const ended = worker.run().finally(() => {
      watch.stop();
      return connection.close();
    });
    return { ended, stop: () => stopWorker(worker, ended) };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

async function stopWorker(worker: Worker, ended: Promise<void>): Promise<void> {
  if (worker.getState() === 'RUNNING') worker.shutdown();
  await ended;
}

/** Tells what is wrong with Temporal in its own words, and where it was looked for. */
function temporalUnavailable({ temporal }: SharedSettings): (cause: unknown) => never {
  return (cause) => {
    const address = temporal.connection.address ?? 'its default address';
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StewardError('TEMPORAL_UNAVAILABLE', { address, reason }, { cause });
  };
}
