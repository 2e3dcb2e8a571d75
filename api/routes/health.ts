import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { ApiContext, Routes } from '../context';

const health = z.object({ status: z.literal('ok') });
const readiness = z.object({ database: z.boolean(), temporal: z.boolean() });

/** For whoever watches the process; open to all. */
export function healthRoutes(app: Routes, { database, lines }: ApiContext): void {
  app.get(
    '/healthz',
    { schema: { summary: 'The process answers', tags: ['Health'], response: { 200: health } } },
    () => ({ status: 'ok' as const }),
  );

  app.get(
    '/readyz',
    {
      schema: {
        summary: 'Database and Temporal can be reached; 503 with what cannot',
        tags: ['Health'],
        response: { 200: readiness, 503: readiness },
      },
    },
    async (request, reply) => {
      const reached = async (what: string, call: PromiseLike<unknown>): Promise<boolean> => {
        try {
          await call;
          return true;
        } catch (error) {
          request.log.warn({ err: error }, `${what} cannot be reached`);
          return false;
        }
      };
      const [databaseUp, temporalUp] = await Promise.all([
        reached('database', database.execute(sql`select 1`)),
        reached('temporal', lines.ping()),
      ]);
      const status = databaseUp && temporalUp ? 200 : 503;
      return reply.status(status).send({ database: databaseUp, temporal: temporalUp });
    },
  );
}
