import type { Logger } from 'pino';
import { openDatabase } from '../../db/connect';
import { StewardError } from '../../domain/errors';
import type { Environment } from '../../workers/keys';
import { createLogger } from '../../workers/logger';
import { openRuntime, type Runtime } from '../../workers/runtime';
import type { SharedSettings } from '../../workers/settings';

/** What `steward worker` and `steward api` stand on; the log goes to standard output. */
export interface Opened<Part extends SharedSettings> {
  runtime: Runtime<Part>;
  logger: Logger;
  close(): Promise<void>;
}

/**
 * Opens PostgreSQL and Temporal for a process that does only a part. Rejects with `CONFIG_INVALID` without
 * `DATABASE_URL`: the embedded database belongs to the one process of `steward up` (design §2).
 *
 * @param read reads the settings of this part, and none that only the other part needs
 */
export async function openAlone<Part extends SharedSettings>(
  env: Environment,
  read: (env: Environment) => Part,
): Promise<Opened<Part>> {
  const { DATABASE_URL: url } = env;
  if (!url) throw new StewardError('CONFIG_INVALID', { setting: 'DATABASE_URL', reason: NO_DATABASE });
  const settings = read(env);
  const logger = createLogger();
  const database = await openDatabase({ url });
  try {
    const runtime = await openRuntime(settings, database);
    const close = async (): Promise<void> => {
      await runtime.close();
      await database.close();
    };
    return { runtime, logger, close };
  } catch (error) {
    await database.close();
    throw error;
  }
}

const NO_DATABASE =
  'name the PostgreSQL that worker and API share; the embedded database is for "steward up" alone';
