import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '@temporalio/client';
import { openDatabase, type OpenDatabase } from '../../db/connect';
import { folderHolder } from '../../db/folder-lock';
import { StewardError } from '../../domain/errors';
import { temporalProfile } from '../../temporal.config';
import { connectClient, type ClosableConnection } from '../../workers/connection';
import type { Environment } from '../../workers/keys';
import { stateFolder } from '../../workers/settings';
import type { Part } from './check';
import { NotChecked } from './finding';

/** What the checks look at. Database and Temporal are opened once, for whichever check comes first. */
export interface Ground {
  /** The settings, with the keys of the state folder. */
  env: Environment;
  /** Whose settings. */
  part: Part;
  /** There is no `DATABASE_URL`: it is about `steward up`, which plays the outside itself. */
  local: boolean;
  stateFolder: string;
  /** Epoch milliseconds. */
  now: () => number;
  /** Milliseconds that each check has. */
  limit: number;
  /** Rejects like `openDatabase`, or with `NotChecked`. */
  database: () => Promise<OpenDatabase>;
  /** Rejects with `TEMPORAL_UNAVAILABLE`, or with `NotChecked`. */
  temporal: () => Promise<Connection>;
  close(): Promise<void>;
}

/** The ground of an environment, on which nothing has been opened yet. */
export function groundOf(env: Environment, part: Part, limit: number): Ground {
  const folder = stateFolder(env);
  const { DATABASE_URL: url, TEMPORAL_ADDRESS: address } = env;
  const embedded = join(folder, 'pglite');
  const database = once(() => (url ? openDatabase({ url }) : openEmbedded(embedded)));
  const temporal = once(async () => {
    const brought = !url && !address;
    if (brought && (await folderHolder(embedded)) === null) {
      throw new NotChecked('"steward up" brings its own server, and is not running');
    }
    return connect(env, limit);
  });
  return {
    ...{ env, part, local: !url, stateFolder: folder, now: Date.now, limit },
    database: database.get,
    temporal: async () => (await temporal.get()).connection,
    async close() {
      await Promise.allSettled([
        database.made()?.then((open) => open.close()),
        temporal.made()?.then((open) => open.close()),
      ]);
    },
  };
}

/** Opens what `steward up` left, and makes none. */
async function openEmbedded(folder: string): Promise<OpenDatabase> {
  if (!existsSync(folder)) throw new NotChecked('"steward up" has not made one yet, see state folder');
  const pid = await folderHolder(folder);
  if (pid !== null) {
    throw new NotChecked(`process ${pid} works on it; stop that "steward up" to have it looked at`);
  }
  return openDatabase({ folder });
}

async function connect(env: Environment, limit: number): Promise<ClosableConnection> {
  const { connection } = temporalProfile(env);
  try {
    // Its own words come before the check's time is over.
    return await connectClient({ ...connection, connectTimeout: limit / 2 });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const address = connection.address ?? '';
    throw new StewardError('TEMPORAL_UNAVAILABLE', { address, reason }, { cause });
  }
}

function once<Thing>(make: () => Promise<Thing>) {
  let made: Promise<Thing> | undefined;
  const get = (): Promise<Thing> => (made ??= make());
  return { get, made: () => made };
}
