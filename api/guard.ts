import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { StewardError } from '../domain/errors';
import type { Party, Role } from '../domain/parties';
import type { Authenticate } from './auth';
import { problems } from './schemas/problem';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; set on every guarded route. */
    party: Party;
  }
  interface FastifyContextConfig {
    /** Which roles may call the route; every guarded route names them. */
    roles?: readonly Role[];
  }
}

export interface GuardOptions {
  authenticate: Authenticate;
  /** For each caller, or each address while it shows no valid token. */
  requestsPerMinute: number;
}

/**
 * Guards all routes registered after it in this scope. Before a body is read: who is it, not too often,
 * in a role of the route. A route without roles stops the start.
 */
export async function guardRoutes(app: FastifyInstance, options: GuardOptions): Promise<void> {
  const refusals = new WeakMap<FastifyRequest, Error>();

  app.decorateRequest('party');
  app.addHook('onRoute', (route) => {
    const roles = route.config?.roles;
    if (!roles) throw new Error(`Route ${String(route.method)} ${route.url} names no roles`);
    route.schema = {
      ...route.schema,
      description: `For ${roles.join(', ')}`,
      security: [{ bearer: [] }],
      response: { ...problems, ...(route.schema?.response as object) },
    };
  });
  app.addHook('onRequest', async (request) => {
    try {
      request.party = await options.authenticate(request.headers.authorization);
    } catch (refusal) {
      refusals.set(request, refusal as Error);
    }
  });
  // Limits in its own onRequest hook, so also those who guess tokens.
  await app.register(rateLimit, {
    max: options.requestsPerMinute,
    timeWindow: '1 minute',
    keyGenerator: (request) =>
      refusals.has(request) ? request.ip : `${request.party.role} ${request.party.sub}`,
    errorResponseBuilder: (_request, { after }) => new StewardError('RATE_LIMITED', { after }),
  });
  app.addHook('preParsing', (request, _reply, payload, done) => {
    const refusal = refusals.get(request) ?? wrongRole(request);
    done(refusal ?? null, payload);
  });
}

function wrongRole({ party: { role }, routeOptions }: FastifyRequest): StewardError | undefined {
  const { roles = [] } = routeOptions.config;
  return roles.includes(role)
    ? undefined
    : new StewardError('FORBIDDEN', { role, roles: roles.join(' or ') });
}
