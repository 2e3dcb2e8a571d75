import type { Environment } from '../../workers/keys';
import { apiSettings } from '../../workers/settings';
import { serveApi } from '../serve-api';
import { openAlone } from './open';
import { stopAsked } from './stop-asked';

/** Where the API listens. */
export interface Listen {
  host: string;
  port: number;
}

/** Serves the API until it is asked to stop. Rejects when it cannot start. */
export async function runApi(env: Environment, listen: Listen): Promise<void> {
  const alone = await openAlone(env, apiSettings);
  const { runtime, logger } = alone;
  try {
    const api = await serveApi(runtime, logger, { ...listen, portOption: '--port' });
    logger.info({ url: api.url }, 'API started');
    const signal = await stopAsked();
    logger.info({ signal }, 'API stops');
    await api.close();
  } finally {
    await alone.close();
  }
}
