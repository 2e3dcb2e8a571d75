import type { FastifyInstance } from 'fastify';

/** What the Temporal UI sends to a codec endpoint. */
const HEADERS = 'content-type, x-namespace, authorization, authorization-extras';

/**
 * Lets pages of the given origins call the routes of this scope, and answers their preflights (`OPTIONS` of
 * each of `paths`). Pages of other origins are refused with 403; callers that are no browsers pass.
 */
export function allowOrigins(
  scope: FastifyInstance,
  origins: readonly string[],
  paths: readonly string[],
): void {
  scope.addHook('onRequest', async ({ headers: { origin } }, reply) => {
    reply.header('vary', 'origin');
    if (origin === undefined) return;
    if (!origins.includes(origin)) return reply.code(403).send();
    reply.header('access-control-allow-origin', origin);
  });
  for (const path of paths) {
    scope.options(path, (_request, reply) =>
      reply
        .header('access-control-allow-methods', 'POST')
        .header('access-control-allow-headers', HEADERS)
        .header('access-control-max-age', '600')
        .code(204)
        .send(),
    );
  }
}
