import type { FastifyRequest } from 'fastify';

/** Hook `preValidation` of routes that may be called without a body: a command without data needs none. */
export function allowNoBody(request: FastifyRequest, _reply: unknown, done: () => void): void {
  if (request.headers['content-type'] === undefined) request.body = {};
  done();
}
