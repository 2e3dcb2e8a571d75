import { Client } from '@temporalio/client';
import { NativeConnection, type Worker } from '@temporalio/worker';
import type { DataConverter } from '@temporalio/common';
import { createActivities, type Activities } from '../activities';
import { createEgress } from '../activities/production';
import { appInfoStore } from '../db/app-info';
import type { OpenDatabase } from '../db/connect';
import { migrate } from '../db/migrate';
import { sellerCallLog } from '../db/seller-calls';
import { sellerDirectory } from '../db/seller-directory';
import { viewStore } from '../db/views';
import type { WorkerProfile } from '../temporal.config';
import { EncryptionCodec } from './codec/encryption-codec';
import { connectClient } from './connection';
import { createDataConverter } from './data-converter';
import { registerSearchAttributes, setRetention } from './namespace';
import { createOrderWorker } from './run';
import type { Settings } from './settings';

/** What the processes of Steward share: the database, and a client of Temporal that speaks in cipher. */
export interface Runtime {
  settings: Settings;
  database: OpenDatabase;
  client: Client;
  dataConverter: DataConverter;
  close(): Promise<void>;
}

/**
 * Migrates the database, which stays its owner's to close, and prepares the Temporal namespace.
 *
 * @throws the server's own error when Temporal cannot be reached
 */
export async function openRuntime(settings: Settings, database: OpenDatabase): Promise<Runtime> {
  await migrate(database.db);
  const { connection: options, namespace } = settings.temporal;
  const { connection, close } = await connectClient(options);
  await registerSearchAttributes(connection, namespace);
  await setRetention(connection, namespace);
  const dataConverter = createDataConverter(new EncryptionCodec(settings.keys.codec));
  const client = new Client({ connection, namespace, dataConverter });
  return { settings, database, client, dataConverter, close };
}

/** The activities on the real outside: SQL, sellers and the platform. */
export function activitiesOf({ settings, database: { db } }: Runtime): Activities {
  const { keys, platformUrl, egress } = settings;
  const { allow, ca } = egress;
  return createActivities({
    directory: sellerDirectory(db, keys.master),
    calls: sellerCallLog(db),
    appInfo: appInfoStore(db, keys.master),
    egress: createEgress({ allow, ...(ca !== undefined && { ca }) }),
    platform: { url: platformUrl, secret: keys.webhookSecret },
    views: viewStore(db),
  });
}

/** A worker that runs until it is stopped, or fails. */
export interface RunningWorker {
  /** Settles when the worker has ended; rejects when it failed. */
  ended: Promise<void>;
  /** Lets running activities finish within the grace, then resolves. */
  stop(): Promise<void>;
}

/** Starts the worker of this process. */
export async function startWorker(runtime: Runtime, profile: WorkerProfile): Promise<RunningWorker> {
  const { settings, dataConverter } = runtime;
  const { connection: options, namespace } = settings.temporal;
  const connection = await NativeConnection.connect(options);
  const worker = await createOrderWorker({
    ...{ connection, namespace, dataConverter, profile },
    activities: activitiesOf(runtime),
  });
  const ended = worker.run().finally(() => connection.close());
  return { ended, stop: () => stopWorker(worker, ended) };
}

async function stopWorker(worker: Worker, ended: Promise<void>): Promise<void> {
  if (worker.getState() === 'RUNNING') worker.shutdown();
  await ended;
}
