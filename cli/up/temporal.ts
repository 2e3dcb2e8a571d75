import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { PayloadCodec } from '@temporalio/common';
import { startCodecServer } from '../../workers/codec/server';
import { freePort, startDevServer } from '../../workers/servers';

export interface LocalTemporalOptions {
  stateFolder: string;
  temporalPort: number;
  uiPort: number;
  codec: PayloadCodec;
}

/** A dev server with its UI, which reads payloads in clear through a codec endpoint of its own. */
export interface LocalTemporal {
  address: string;
  uiUrl: string;
  /** Resolves when the server has ended, wanted or not. */
  exited: Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts the Temporal dev server on the database file of the state folder (design §7, §10). */
export async function startLocalTemporal(options: LocalTemporalOptions): Promise<LocalTemporal> {
  const { stateFolder, temporalPort, uiPort, codec } = options;
  const codecPort = await freePort();
  const path = `/${randomBytes(24).toString('base64url')}`;
  const server = await startDevServer({
    port: temporalPort,
    uiPort,
    namespace: 'default',
    dbFile: join(stateFolder, 'temporal.db'),
    logFile: join(stateFolder, 'temporal.log'),
    uiCodecEndpoint: `http://127.0.0.1:${codecPort}${path}`,
    portOptions: { port: '--temporal-port', uiPort: '--ui-port' },
  });
  const origins = [`http://127.0.0.1:${uiPort}`, `http://localhost:${uiPort}`];
  const codecServer = await startCodecServer({ codec, origins, port: codecPort, path });
  return {
    address: server.address,
    uiUrl: `http://127.0.0.1:${uiPort}`,
    exited: server.exited,
    async stop() {
      await codecServer.close();
      await server.stop();
    },
  };
}
