import { Client } from '@temporalio/client';
import type { OpenDatabase } from '../../db/connect';
import type { WindowProfile } from '../../domain/windows';
import { EncryptionCodec } from '../../workers/codec/encryption-codec';
import { createDataConverter } from '../../workers/data-converter';
import type { Runtime } from '../../workers/runtime';
import type { DevServerOptions } from '../../workers/servers';
import type { Settings } from '../../workers/settings';

/** How a live rig is started. */
export interface LiveOptions {
  /** Default `fast`; with `standard` a line stands still while a test looks at it. */
  windows?: WindowProfile;
  /** Default true; false leaves payloads and failures readable. */
  encrypted?: boolean;
  /** Closed with the rig; default: a fresh test database. */
  database?: OpenDatabase;
  /** Of the dev server. */
  server?: Partial<DevServerOptions>;
  /** Where the process is measured and traced; default: nowhere. */
  observed?: Pick<Settings, 'metricsListen' | 'tracesUrl'>;
}

/** The same with other secrets. */
export function withKeys(
  runtime: Runtime,
  keys: Partial<Settings['keys']>,
  auth: Partial<Settings['auth']> = {},
): Runtime {
  const { settings, client } = runtime;
  const changed = { ...settings.keys, ...keys };
  const dataConverter = createDataConverter(new EncryptionCodec(changed.codec));
  const { connection, options } = client;
  return {
    ...runtime,
    settings: { ...settings, keys: changed, auth: { ...settings.auth, ...auth } },
    dataConverter,
    client: new Client({ connection, namespace: options.namespace, dataConverter }),
  };
}

/** The same without a payload codec. */
export function inClear(runtime: Runtime): Runtime {
  const { connection, options } = runtime.client;
  return { ...runtime, dataConverter: {}, client: new Client({ connection, namespace: options.namespace }) };
}
