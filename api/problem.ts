import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseAway } from '../db/unavailable';
import type { Problem } from '../domain/answers';
import { StewardError } from '../domain/errors';

/** Answers every error as RFC 9457 `application/problem+json`, with a code of the catalogue. */
export function answerWithProblems(app: FastifyInstance): void {
  app.setErrorHandler(sendProblem);
  app.setNotFoundHandler((request) => {
    throw new StewardError('NOT_FOUND', { what: 'route', id: `${request.method} ${pathOf(request)}` });
  });
}

/** The one error handler. What is our own fault is logged, and told to nobody else. */
export function sendProblem(
  thrown: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const error = stewardErrorOf(thrown, request);
  if (error.status >= 500)
    request.log.error({ err: error.cause ?? error, code: error.code }, 'request failed');
  if (error.status === 401) void reply.header('www-authenticate', 'Bearer');
  if (error.status === 503) void reply.header('retry-after', '1');
  return reply
    .status(error.status)
    .header('content-type', 'application/problem+json')
    .serializer(JSON.stringify)
    .send(problemOf(error, request));
}

function problemOf(error: StewardError, request: FastifyRequest): Problem {
  return {
    type: `urn:steward:error:${error.code}`,
    title: STATUS_CODES[error.status] ?? 'Error',
    status: error.status,
    detail: error.message,
    code: error.code,
    instance: pathOf(request),
    requestId: request.id,
  };
}

function pathOf(request: FastifyRequest): string {
  return request.url.replace(/\?.*$/s, '');
}

function stewardErrorOf(error: FastifyError, request: FastifyRequest): StewardError {
  // Codes with 500 are for those who run Steward: their messages name settings and tables.
  if (error instanceof StewardError && error.status !== 500) return error;
  if (error.validation) return invalid(error.validation.map(problemLine(error.validationContext)).join('; '));
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new StewardError('BODY_TOO_LARGE', { limit: request.routeOptions.bodyLimit });
  }
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new StewardError('UNSUPPORTED_MEDIA_TYPE');
  // The parser's own message quotes the body.
  if (error instanceof SyntaxError || error.code === 'FST_ERR_CTP_INVALID_JSON_BODY') {
    return invalid('body: not valid JSON');
  }
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return invalid(error.message);
  }
  if (isDatabaseAway(error)) {
    const reason = 'try again in a moment';
    return new StewardError('DATABASE_UNAVAILABLE', { reason }, { cause: error });
  }
  return new StewardError('INTERNAL', { requestId: request.id }, { cause: error });
}

function invalid(problems: string): StewardError {
  return new StewardError('INVALID_REQUEST', { problems });
}

/** `/lines/0/amount/minor` of the body becomes `body.lines[0].amount.minor: …`. */
function problemLine(context = 'request') {
  return ({ instancePath, message }: { instancePath: string; message?: string | undefined }): string => {
    const path = instancePath
      .split('/')
      .filter((part) => part !== '')
      .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`))
      .join('');
    return `${context}${path}: ${message ?? 'not valid'}`;
  };
}
