import { z } from 'zod';
import type { ApiContext, Routes } from '../context';
import { reachable } from '../reachable';

const health = z.object({ status: z.literal('ok') });
const readiness = z.object({ database: z.boolean(), temporal: z.boolean() });

/** For whoever watches the process; open to all. */
export function healthRoutes(app: Routes, context: ApiContext): void {
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
      const reached = await reachable(context, request.log);
      return reply.status(reached.database && reached.temporal ? 200 : 503).send(reached);
    },
  );
}
