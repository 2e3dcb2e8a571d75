import { join } from 'node:path';
import { Client } from 'pg';
import type { Closers } from '../cli/up/closers';
import { startDevServer, startPostgres, startTemporalServer } from '../workers/servers';
import { openNamespace } from '../workers/servers/open-namespace';
import { cpuSecondsOf } from './server-cpu';

/** The dev server on its file, as `npm start` has it; or a Temporal server on PostgreSQL, as in production. */
export const SERVER_KINDS = ['dev', 'postgres'] as const;
export type ServerKind = (typeof SERVER_KINDS)[number];

/** The Temporal server under both sides. */
export interface BenchServer {
  address: string;
  /** Where each namespace's registry is, in PostgreSQL; null: each process has a PGlite of its own. */
  databaseUrls: Record<string, string> | null;
  /** CPU seconds that it has used so far, its PostgreSQL with it; null where the system does not tell. */
  cpuSeconds: () => Promise<number | null>;
  /** Of the PostgreSQL of `databaseUrls`; null without. */
  postgresPid: number | null;
}

type Start = (namespaces: readonly string[], folder: string, closers: Closers) => Promise<BenchServer>;

const STARTS: Record<ServerKind, Start> = {
  async dev([namespace = ''], folder, closers) {
    const { address, pid, stop } = await startDevServer({ namespace, dbFile: join(folder, 'temporal.db') });
    closers.add('Temporal dev server', stop);
    return { address, databaseUrls: null, postgresPid: null, cpuSeconds: () => cpuSecondsOf([pid]) };
  },

  async postgres(namespaces, folder, closers) {
    const postgres = await startPostgres({ durable: true });
    closers.add('PostgreSQL', postgres.stop);
    const databases = await Promise.all(namespaces.map((name) => createDatabase(postgres.url, name)));
    const [namespace = ''] = namespaces;
    const { address, pid, stop } = await startTemporalServer({
      ...{ postgresUrl: postgres.url, namespace, folder: join(folder, 'temporal') },
    });
    closers.add('Temporal server', stop);
    const databaseUrls = Object.fromEntries(databases);
    const cpuSeconds = () => cpuSecondsOf([pid, postgres.pid]);
    return { address, databaseUrls, postgresPid: postgres.pid, cpuSeconds };
  },
};

/** Starts a server with these namespaces; what it keeps is in `folder`. */
export async function startBenchServer(
  kind: ServerKind,
  namespaces: readonly string[],
  folder: string,
  closers: Closers,
): Promise<BenchServer> {
  const server = await STARTS[kind](namespaces, folder, closers);
  const port = Number(server.address.split(':').at(-1));
  for (const namespace of namespaces) await openNamespace(port, namespace);
  return server;
}

async function createDatabase(url: string, namespace: string): Promise<[string, string]> {
  const name = namespace.replaceAll('-', '_');
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`create database ${name} template template0`);
  } finally {
    await client.end();
  }
  const own = new URL(url);
  own.pathname = `/${name}`;
  return [namespace, own.href];
}
