import { sql } from 'drizzle-orm';
import type { FastifyBaseLogger } from 'fastify';
import type { ApiContext } from './context';

/** Whether database and Temporal can be reached; what cannot is logged. */
export async function reachable(
  { database, lines }: Pick<ApiContext, 'database' | 'lines'>,
  logger: FastifyBaseLogger,
): Promise<{ database: boolean; temporal: boolean }> {
  const reached = async (what: string, call: PromiseLike<unknown>): Promise<boolean> => {
    try {
      await call;
      return true;
    } catch (error) {
      logger.warn({ err: error }, `${what} cannot be reached`);
      return false;
    }
  };
  const [databaseUp, temporalUp] = await Promise.all([
    reached('database', database.execute(sql`select 1`)),
    reached('temporal', lines.ping()),
  ]);
  return { database: databaseUp, temporal: temporalUp };
}
